import { Page } from '../../ui/Page'
import { useAdminT } from '../messages'

export function GroupsPages({ id }: { id?: string }) {
  const t = useAdminT()
  return <Page title={t.sections.groups}>{id}</Page>
}
