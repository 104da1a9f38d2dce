import { useLocation } from 'wouter'
import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { ButtonAnchor } from '../ui/Button'
import { Page } from '../ui/Page'
import { Empty } from '../ui/States'
import { Tabs } from '../ui/Tabs'
import { CatalogList } from './CatalogList'

const addresses: Record<Schemas['ResourceKind'], string> = { resource: '/requests', device: '/requests/access' }

/** What a person may ask for, and what became of what they asked for. */
export function RequestsPage({ me, kind }: { me: Schemas['Me']; kind: Schemas['ResourceKind'] }) {
  const t = useT()
  const [, go] = useLocation()
  const words = t.requests
  const help = me.support_url && <ButtonAnchor href={me.support_url}>{t.nav.help} <span className="hidden">{t.nav.newTab}</span></ButtonAnchor>
  if (!me.features.requests) {
    return <Page title={t.nav.requests} actions={help}><Empty title={words.closed.title}><p>{words.closed.more}</p></Empty></Page>
  }
  return (
    <Page title={t.nav.requests} lead={words.lead} actions={help}>
      <Tabs
        label={words.tabs.label}
        value={kind}
        onChange={(value) => go(addresses[value as Schemas['ResourceKind']])}
        tabs={(['resource', 'device'] as const).map((value) => ({ value, label: words.tabs[value], content: <CatalogList me={me} kind={value} /> }))}
      />
    </Page>
  )
}
