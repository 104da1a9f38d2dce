import { Page } from '../../ui/Page'
import { useAdminT } from '../messages'

export function SettingsPage() {
  const t = useAdminT()
  return <Page title={t.sections.settings}>{null}</Page>
}
