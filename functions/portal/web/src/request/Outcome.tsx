import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Moment } from '../ui/Moment'
import { useEvents } from './events'
import { useActor } from './sentences'
import { became, isUndecided, nameIn, sentenceOf } from './turns'

interface Props {
  request: Schemas['Request']
  /** The version at which it waited for the person. */
  since: number
  me: Schemas['Me']
}

/** What became of what waited for someone: "Approved by Dina Diaz, in Slack, 12:04". */
export function Outcome({ request, since, me }: Props) {
  const t = useT()
  const actor = useActor()
  const words = t.request.page
  const events = useEvents(request.id, request.version)
  const event = events.data && became(events.data, since, me.id)
  if (!event) return <>{events.isFetching ? t.state.loading : words.elsewhere}</>
  const say = words.outcome[sentenceOf(event)]
  const by = event.actor.id === me.id && !event.actor.on_behalf_of ? words.you : actor(event, (id) => nameIn(request, id))
  const via = event.actor.kind === 'person' ? `, ${t.via[event.actor.via]}` : ''
  return (
    <>
      {say ? `${say(by)}${via}, ` : `${words.elsewhere} `}
      <Moment at={event.at} />.
      {say && isUndecided(request.status) && ` ${words.goesOn}`}
    </>
  )
}
