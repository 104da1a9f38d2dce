import { useEffect, useRef, type MouseEvent } from 'react'
import { Button, ButtonLink } from '../../../ui/Button'
import { Notice } from '../../../ui/Notice'
import { useSay } from '../../../ui/Toasts'
import type { Versioned } from '../../document'
import { useAdminT } from '../../messages'
import type { Flow } from '../calls'
import { toDraft } from '../form/draft'
import { inputOf, toInput } from '../form/input'
import { onTop } from '../form/merge'
import { differences } from '../versions/differences'
import { Differences } from '../versions/Differences'
import { useFlowWords } from '../useFlowWords'
import styles from './Editor.module.css'
import type { Editor } from './useEditor'

/** Leaves the notice, which goes, for the form. */
function goOn(event: MouseEvent<HTMLButtonElement>) { event.currentTarget.form?.querySelector('input')?.focus() }

/** Someone else was faster: what they changed, and how to go on. */
export function Conflict({ editor, theirs }: { editor: Editor; theirs: Versioned<Flow> | 'gone' }) {
  const { flows: { conflict }, document } = useAdminT()
  const words = useFlowWords()
  const say = useSay()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  const { base, draft } = editor
  if (theirs === 'gone' || !base) {
    return <div ref={box} tabIndex={-1} className={styles.conflict}><Notice kind="bad" live title={conflict.gone}><div><ButtonLink to="/admin/flows">{document.back}</ButtonLink></div></Notice></div>
  }
  const changes = differences(inputOf(base.data), inputOf(theirs.data), words)
  const { lost } = onTop(toDraft(base.data), theirs.data, draft)
  const mine = new Set(differences(inputOf(base.data), toInput(lost), words).map((change) => change.what))
  return (
    <div ref={box} tabIndex={-1} className={styles.conflict}>
      <Notice kind="warn" live title={conflict.title(theirs.data.version)}>
        <h2>{conflict.theirs}</h2>
        {changes.length > 0 ? <Differences changes={changes} also={mine} alsoSaid={conflict.both} /> : <p>{conflict.none}</p>}
        <div className="line">
          <Button onClick={(event) => {
            goOn(event)
            editor.rebase(theirs)
            say(conflict.kept)
          }}>{conflict.keep}</Button>
          <Button onClick={(event) => {
            goOn(event)
            editor.rebase(theirs, false)
          }}>{conflict.take}</Button>
        </div>
      </Notice>
    </div>
  )
}
