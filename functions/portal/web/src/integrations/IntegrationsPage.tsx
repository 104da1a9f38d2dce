import { useT } from '../i18n'
import { Page } from '../ui/Page'

export default function IntegrationsPage() {
  const t = useT()
  return <Page title={t.nav.integrations}>{null}</Page>
}
