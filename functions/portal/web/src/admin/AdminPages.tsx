import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Page } from '../ui/Page'

export default function AdminPages(_: { me: Schemas['Me'] }) {
  const t = useT()
  return <Page title={t.nav.admin}>{null}</Page>
}
