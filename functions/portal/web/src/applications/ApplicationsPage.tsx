import { useT } from '../i18n'
import { Page } from '../ui/Page'

export function ApplicationsPage() {
  const t = useT()
  return <Page title={t.nav.applications}>{null}</Page>
}
