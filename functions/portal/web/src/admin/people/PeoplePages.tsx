import { Page } from '../../ui/Page'
import { useAdminT } from '../messages'

export function PeoplePages({ id }: { id?: string }) {
  const t = useAdminT()
  return <Page title={t.sections.people}>{id}</Page>
}
