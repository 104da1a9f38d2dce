import { useEffect, useRef } from 'react'
import { Button, ButtonLink } from '../../../ui/Button'
import { Notice } from '../../../ui/Notice'
import { useSay } from '../../../ui/Toasts'
import type { Versioned } from '../../document'
import { useAdminT } from '../../messages'
import type { Flow } from '../calls'
import { inputOf, toInput } from '../form/input'
import { differences } from '../versions/differences'
import { Differences } from '../versions/Differences'
import { useFlowWords } from '../words'
import type { Editor } from './useEditor'

/** Someone else was faster: what they changed, and how to go on. */
export function Conflict({ editor, theirs }: { editor: Editor; theirs: Versioned<Flow> | 'gone' }) {
  const { flows: { conflict }, document } = useAdminT()
  const words = useFlowWords()
  const say = useSay()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  const { base, draft } = editor
  if (theirs === 'gone' || !base) {
    return <div ref={box} tabIndex={-1}><Notice kind="bad" live title={conflict.gone}><div><ButtonLink to="/admin/flows">{document.back}</ButtonLink></div></Notice></div>
  }
  const changes = differences(inputOf(base.data), inputOf(theirs.data), words)
  const mine = new Set(differences(inputOf(base.data), toInput(draft), words).map((change) => change.what))
  return (
    <div ref={box} tabIndex={-1}>
      <Notice kind="warn" live title={conflict.title(theirs.data.version)}>
        <h2>{conflict.theirs}</h2>
        {changes.length > 0 ? <Differences changes={changes} also={mine} alsoSaid={conflict.both} /> : <p>{conflict.none}</p>}
        <div className="line">
          <Button onClick={() => {
            editor.rebase(theirs)
            say(conflict.kept)
          }}>{conflict.keep}</Button>
          <Button onClick={() => editor.rebase(theirs, false)}>{conflict.take}</Button>
        </div>
      </Notice>
    </div>
  )
}
