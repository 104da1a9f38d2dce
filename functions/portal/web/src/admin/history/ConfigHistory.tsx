// The history of a document of the configuration: who changed what, and whether the chain of its events is whole.
//
//   <ConfigHistory
//     title={t.document.history}            its heading, an <h2>; what it is about stands on the page already
//     subject={`flow:${id}`}                resource:ID, flow:ID, person:ID, group:ID, device:ID, delegation:ID, slack_link:ID, or settings
//     read={(cursor) => call(api.GET('/v1/admin/flows/{id}/events', { params: { path: { id }, query: { cursor, limit: 100 } } }))}
//   />
//
// It reads when it is rendered, and again after each `useWrite`. Render it where it is wanted: in a tab, or a Disclosure.
import type { Schemas } from '../../api/client'
import { useId } from 'react'
import { useT } from '../../i18n'
import { Disclosure } from '../../ui/Disclosure'
import { Moment } from '../../ui/Moment'
import { Empty, Loaded } from '../../ui/States'
import { useAdminT } from '../messages'
import styles from './ConfigHistory.module.css'
import { DocumentDiff } from './DocumentDiff'
import { HashCheck } from './HashCheck'
import { useHistory, type ReadHistory } from './read'

interface Props {
  title: string
  subject: string
  read: ReadHistory
}

export function ConfigHistory({ title, subject, read }: Props) {
  const t = useAdminT().requests.history
  const history = useHistory(subject, read)
  const id = useId()
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Loaded query={history}>
        {(events) => (events.length === 0 ? <Empty title={t.none} /> : (
          <>
            <ol className={styles.events} reversed>
              {events.toReversed().map((event, n) => <li key={event.seq}><ConfigEvent event={event} open={n === 0} /></li>)}
            </ol>
            <HashCheck events={events} subject={subject} />
          </>
        ))}
      </Loaded>
    </section>
  )
}

function ConfigEvent({ event, open }: { event: Schemas['Event']; open: boolean }) {
  const t = useT()
  const words = useAdminT().requests.history
  const { actor } = event
  return (
    <Disclosure
      open={open}
      summary={
        <div className={styles.summary}>
          <span className={`numbers ${styles.seq}`}>{event.seq}</span>
          <span><strong>{words.types[event.type] ?? event.type}</strong> {words.by(actor.name ?? actor.id, t.via[actor.via])}</span>
          <span className="small quiet"><Moment at={event.at} /></span>
        </div>
      }
    >
      <DocumentDiff before={event.texts['before']} after={event.texts['after']} />
    </Disclosure>
  )
}
