import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Page } from '../ui/Page'

export function TasksPage(_: { me: Schemas['Me'] }) {
  const t = useT()
  return <Page title={t.nav.tasks}>{null}</Page>
}
