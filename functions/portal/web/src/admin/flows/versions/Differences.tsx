import { useAdminT } from '../../messages'
import type { Change } from './differences'
import styles from './Versions.module.css'

interface Props {
  changes: Change[]
  /** Of which changes something more is said. */
  also?: Set<string>
  alsoSaid?: string
}

/** What differs, each with what was there before and what is there after. */
export function Differences({ changes, also, alsoSaid }: Props) {
  const { flows: { change } } = useAdminT()
  return (
    <dl className={styles.changes}>
      {changes.map(({ what, before, after, code }) => (
        <div key={what} className={styles.change}>
          <dt>{what}{also?.has(what) && <span className={styles.also}> {alsoSaid}</span>}</dt>
          {before !== undefined && <dd className={styles.before}><span className="hidden">{after === undefined ? change.removed : change.was}: </span><Said text={before} code={code} /></dd>}
          {after !== undefined && <dd className={styles.after}><span className="hidden">{before === undefined ? change.added : change.is}: </span><Said text={after} code={code} /></dd>}
        </div>
      ))}
    </dl>
  )
}

function Said({ text, code }: { text: string; code?: boolean }) {
  return code ? <pre className={styles.code}>{text}</pre> : text
}
