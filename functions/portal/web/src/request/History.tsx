import type { Schemas } from '../api/client'
import { asApiError } from '../api/problem'
import { useRequest } from '../api/queries'
import { useT } from '../i18n'
import { Moment } from '../ui/Moment'
import { Loaded } from '../ui/States'
import { labelOf } from './answers'
import { useHistory } from './events'
import { failureText } from './failures'
import { useEventText } from './sentences'
import { detail } from './turns'
import styles from './History.module.css'

type Event = Schemas['Event']

const field = 'answer:' // begins the name of an answer's text

/** Everything that happened to a request, oldest first. */
export function History({ id }: { id: string }) {
  const t = useT()
  const history = useHistory(id)
  const request = useRequest(id).data
  if (asApiError(history.error)?.code === 'forbidden') return <p className="quiet">{t.request.page.historyHidden}</p>
  return (
    <Loaded query={history} rows={3}>
      {(events) => {
        const names = new Map(events.flatMap(({ actor }) => (actor.id && actor.name ? [[actor.id, actor.name]] : [])))
        return <ol className={styles.events}>{events.map((event) => <Line key={event.seq} event={event} name={(who) => names.get(who) ?? who} label={(field) => labelOf(request, field)} />)}</ol>
      }}
    </Loaded>
  )
}

interface Props {
  event: Event
  name: (person: string) => string
  label: (field: string) => string
}

function Line({ event, name, label }: Props) {
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
      {failure && <p className="small">{failureText(words, failure)}</p>}
      {Object.entries(event.texts).map(([text, said]) => <Said key={text} label={text.startsWith(field) ? label(text.slice(field.length)) : (words.text[text] ?? text)} said={said} />)}
      <p className="small quiet"><Moment at={event.at} /></p>
    </li>
  )
}

function Said({ label, said }: { label: string; said: Schemas['Text'] }) {
  const words = useT().request.page
  return (
    <blockquote className={styles.said}>
      <span className="small quiet">{label}: </span>
      {said.text ?? <em className="quiet">{words.erased}</em>}
    </blockquote>
  )
}
