import type { Schemas } from '../../api/client'
import { useAdminT } from '../messages'
import { changes, type Change } from './diff'
import styles from './DocumentDiff.module.css'

interface Props {
  /** The documents as JSON, as events hold them; absent before a creation and after a deletion. */
  before?: Schemas['Text']
  after?: Schemas['Text']
}

/** What an event changed in a document, member by member. */
export function DocumentDiff({ before, after }: Props) {
  const t = useAdminT().requests.history
  if (before?.text === null || after?.text === null) return <p className="quiet">{t.erased}</p>
  // The version rises with every event, and its number is there already.
  const found = changes(parsed(before), parsed(after)).filter((change) => change.path !== 'version')
  if (found.length === 0) return <p className="quiet">{t.sameDocument}</p>
  return (
    <dl className={styles.diff}>
      {found.map((change) => <Member key={change.path} {...change} />)}
    </dl>
  )
}

function Member({ path, removed, added }: Change) {
  const t = useAdminT().requests.history
  return (
    <div className={styles.member}>
      <dt><code>{path}</code></dt>
      <dd>
        {removed.map((value, n) => <del key={n} className={styles.removed}><span className="hidden">{t.was} </span>{shown(value)}</del>)}
        {added.map((value, n) => <ins key={n} className={styles.added}><span className="hidden">{t.is} </span>{shown(value)}</ins>)}
      </dd>
    </div>
  )
}

function shown(value: string) { return value === '' ? '""' : value }

function parsed(text: Schemas['Text'] | undefined): unknown {
  if (!text?.text) return undefined
  try {
    return JSON.parse(text.text)
  } catch {
    return text.text
  }
}
