import { Page } from '../../ui/Page'
import { useAdminT } from '../messages'

export function ResourcesPages({ id }: { id?: string }) {
  const t = useAdminT()
  return <Page title={t.sections.resources}>{id}</Page>
}
