import { useQuery } from '@tanstack/react-query'
import { Button } from '../../../ui/Button'
import { Loaded } from '../../../ui/States'
import { readVersion, type Flow } from '../calls'
import { inputOf } from '../form/input'
import { useFlowWords } from '../words'
import { differences } from './differences'
import { Differences } from './Differences'

interface Props {
  id: string
  /** Nothing before the first version. */
  from?: number
  to: number
  onRestore?: (flow: Flow) => void
}

/** What differs between two versions. They never change, so they are read once. */
export function Between({ id, from, to, onRestore }: Props) {
  const words = useFlowWords()
  const { t } = words
  const pair = useQuery({
    queryKey: ['flow-versions', id, from, to],
    queryFn: () => Promise.all([from === undefined ? undefined : readVersion(id, from), readVersion(id, to)]),
    staleTime: Infinity,
  })
  return (
    <Loaded query={pair} rows={2}>
      {([before, after]) => {
        const changes = before && differences(inputOf(before), inputOf(after), words)
        return (
          <div className="stack">
            {!changes ? <p>{t.versions.first}</p> : changes.length > 0 ? <Differences changes={changes} /> : <p>{t.versions.same}</p>}
            {onRestore && <div><Button onClick={() => onRestore(after)}>{t.versions.restore}</Button></div>}
          </div>
        )
      }}
    </Loaded>
  )
}
