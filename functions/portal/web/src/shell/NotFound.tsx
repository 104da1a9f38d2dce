import { useT } from '../i18n'
import { ButtonLink } from '../ui/Button'
import { Empty } from '../ui/States'

/** There is no such page, or it is not the person's to see. */
export function NotFound() {
  const t = useT()
  return <Empty title={t.state.notFound}><p>{t.state.notFoundMore}</p><ButtonLink to="/">{t.state.home}</ButtonLink></Empty>
}
