import type { Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Moment } from '../../ui/Moment'
import { Notice } from '../../ui/Notice'
import { useEvents } from '../events'
import { useEventText } from '../sentences'
import { nameIn } from '../turns'

/** What happened to a request since a version that someone has looked at. */
export function Changes({ request, since }: { request: Schemas['Request']; since: number }) {
  const t = useT()
  const text = useEventText()
  const events = useEvents(request.id, request.version, request.version > since)
  if (request.version <= since) return null
  return (
    <Notice kind="warn" live title={t.request.decide.changed}>
      <ul>
        {events.data?.filter((event) => event.seq > since).map((event) => (
          <li key={event.seq}>
            {text(event, (id) => nameIn(request, id))} <span className="quiet"><Moment at={event.at} /></span>
            {event.texts.reason?.text && <blockquote>“{event.texts.reason.text}”</blockquote>}
            {event.texts.answer?.text && <blockquote>“{event.texts.answer.text}”</blockquote>}
          </li>
        ))}
      </ul>
      <p>{t.request.decide.changedMore}</p>
    </Notice>
  )
}
