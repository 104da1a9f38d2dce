import { useT } from '../i18n'
import { ButtonLink } from '../ui/Button'
import { Page } from '../ui/Page'

/** There is no such page, or it is not the person's to see. */
export function NotFound() {
  const t = useT()
  return <Page title={t.state.notFound} lead={t.state.notFoundMore}><div><ButtonLink to="/">{t.state.home}</ButtonLink></div></Page>
}
