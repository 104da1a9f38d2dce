import { api, call } from '../../api/client'
import { ConfigHistory } from '../history/ConfigHistory'
import { useAdminT } from '../messages'
import { Histories } from '../ui/Histories'

/** What was changed about a person, who decided in their place, and whom they were in Slack. */
export function PersonHistories({ id }: { id: string }) {
  const { document, documents: { people: t } } = useAdminT()
  const page = (cursor?: string) => ({ params: { path: { id }, query: { cursor, limit: 100 } } })
  return (
    <Histories>
      <ConfigHistory title={document.history} subject={`person:${id}`} read={(cursor) => call(api.GET('/v1/admin/people/{id}/events', page(cursor)))} />
      <ConfigHistory title={t.delegations} subject={`delegation:${id}`} read={(cursor) => call(api.GET('/v1/admin/people/{id}/delegation/events', page(cursor)))} />
      <ConfigHistory title={t.slack} subject={`slack_link:${id}`} read={(cursor) => call(api.GET('/v1/admin/people/{id}/integrations/slack/events', page(cursor)))} />
    </Histories>
  )
}
