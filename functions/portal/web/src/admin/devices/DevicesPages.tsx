import { Page } from '../../ui/Page'
import { useAdminT } from '../messages'

export function DevicesPages({ id }: { id?: string }) {
  const t = useAdminT()
  return <Page title={t.sections.devices}>{id}</Page>
}
