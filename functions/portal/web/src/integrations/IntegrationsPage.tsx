import { useT } from '../i18n'
import { Page } from '../ui/Page'
import { SlackCard } from './SlackCard'

/** What of the company's else Latchkey works with for the person. */
export default function IntegrationsPage() {
  const t = useT()
  return <Page title={t.nav.integrations} lead={t.integrations.lead}><SlackCard /></Page>
}
