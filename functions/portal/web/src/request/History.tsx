import type { Schemas } from '../api/client'
import { asApiError } from '../api/problem'
import { useT } from '../i18n'
import { Moment } from '../ui/Moment'
import { Loaded } from '../ui/States'
import { useHistory } from './events'
import { useEventText } from './sentences'
import { detail } from './turns'
import styles from './History.module.css'

type Event = Schemas['Event']

/** Everything that happened to a request, oldest first. */
export function History({ id }: { id: string }) {
  const t = useT()
  const history = useHistory(id)
  if (asApiError(history.error)?.code === 'forbidden') return <p className="quiet">{t.request.page.historyHidden}</p>
  return (
    <Loaded query={history} rows={3}>
      {(events) => {
        const names = new Map(events.flatMap(({ actor }) => (actor.id && actor.name ? [[actor.id, actor.name]] : [])))
        return <ol className={styles.events}>{events.map((event) => <Line key={event.seq} event={event} name={(who) => names.get(who) ?? who} />)}</ol>
      }}
    </Loaded>
  )
}

function Line({ event, name }: { event: Event; name: (id: string) => string }) {
  const t = useT()
  const text = useEventText()
  const failure = detail(event, 'failure')
  const words = t.request.page
  return (
    <li className={styles.event} data-type={event.type}>
      <p>
        {text(event, name)}
        {event.actor.kind === 'person' && <span className="quiet"> {t.via[event.actor.via]}</span>}
      </p>
      {failure && <p className="small">{words.failure[failure] ?? words.failureCode(failure)}</p>}
      {Object.entries(event.texts).map(([label, said]) => <Said key={label} label={label} said={said} />)}
      <p className="small quiet"><Moment at={event.at} /></p>
    </li>
  )
}

function Said({ label, said }: { label: string; said: Schemas['Text'] }) {
  const words = useT().request.page
  const field = label.startsWith('answer:') ? label.slice('answer:'.length) : undefined
  return (
    <blockquote className={styles.said}>
      <span className="small quiet">{field ?? words.text[label] ?? label}: </span>
      {said.text ?? <em className="quiet">{words.erased}</em>}
    </blockquote>
  )
}
