import { Page } from '../../ui/Page'
import { useAdminT } from '../messages'

export function FlowsPages({ id }: { id?: string }) {
  const t = useAdminT()
  return <Page title={t.sections.flows}>{id}</Page>
}
