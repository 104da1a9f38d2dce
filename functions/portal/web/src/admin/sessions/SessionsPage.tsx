import type { Schemas } from '../../api/client'
import { Page } from '../../ui/Page'
import { useAdminT } from '../messages'

export function SessionsPage(_: { me: Schemas['Me'] }) {
  const t = useAdminT()
  return <Page title={t.sections.sessions}>{null}</Page>
}
