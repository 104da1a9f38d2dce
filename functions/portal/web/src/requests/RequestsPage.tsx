import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Page } from '../ui/Page'

export function RequestsPage({ kind }: { me: Schemas['Me']; kind: Schemas['ResourceKind'] }) {
  const t = useT()
  return <Page title={t.nav.requests}>{kind}</Page>
}
