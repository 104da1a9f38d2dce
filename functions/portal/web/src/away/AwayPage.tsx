import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Page } from '../ui/Page'

export default function AwayPage(_: { me: Schemas['Me'] }) {
  const t = useT()
  return <Page title={t.nav.away}>{null}</Page>
}
