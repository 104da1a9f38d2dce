import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Button, ButtonAnchor } from '../ui/Button'
import { Page } from '../ui/Page'
import { Empty } from '../ui/States'
import { Tabs } from '../ui/Tabs'
import { CatalogForSomeone } from './CatalogForSomeone'
import { CatalogList } from './CatalogList'
import { ForSomeone } from './ForSomeone'

const addresses: Record<Schemas['ResourceKind'], string> = { resource: '/requests', device: '/requests/access' }

/** What a person may ask for, and what became of what they asked for. */
export function RequestsPage({ me, kind }: { me: Schemas['Me']; kind: Schemas['ResourceKind'] }) {
  const t = useT()
  const [, go] = useLocation()
  const [params] = useSearchParams()
  const [finding, setFinding] = useState(false)
  const email = params.get('for') ?? ''
  const at = (to: Schemas['ResourceKind'], whose: string) => go(addresses[to] + (whose && `?for=${encodeURIComponent(whose)}`))
  const words = t.requests
  const help = me.support_url && <ButtonAnchor href={me.support_url}>{t.nav.help} <span className="hidden">{t.nav.newTab}</span></ButtonAnchor>
  if (!me.features.requests && !email) {
    return <Page title={t.nav.requests} actions={help}><Empty title={words.closed}><p>{words.empty.more}</p></Empty></Page>
  }
  return (
    <Page title={t.nav.requests} lead={words.lead} actions={<>{!email && <Button look="bare" onClick={() => setFinding(true)}>{words.someone.ask}</Button>}{help}</>}>
      <Tabs
        label={words.tabs.label}
        value={kind}
        onChange={(value) => at(value as Schemas['ResourceKind'], email)}
        tabs={(['resource', 'device'] as const).map((value) => ({
          value,
          label: words.tabs[value],
          content: email
            ? <CatalogForSomeone me={me} kind={value} email={email} onBack={() => at(value, '')} />
            : <CatalogList me={me} kind={value} />,
        }))}
      />
      {finding && <ForSomeone onClose={() => setFinding(false)} onFound={(whose) => { setFinding(false); at(kind, whose) }} />}
    </Page>
  )
}
