import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { Schemas } from '../api/client'
import { useMine } from '../api/queries'
import { useT } from '../i18n'
import { Button, ButtonAnchor } from '../ui/Button'
import { Page } from '../ui/Page'
import { Empty } from '../ui/States'
import { Tabs } from '../ui/Tabs'
import { CatalogForSomeone } from './CatalogForSomeone'
import { CatalogList } from './CatalogList'
import { ForSomeone } from './ForSomeone'
import { notOffered } from './mine'
import { NotOffered } from './NotOffered'

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
  const closed = !me.features.requests && !email
  return (
    <Page title={t.nav.requests} lead={!closed && words.lead} actions={<>{!email && <Button look="bare" onClick={() => setFinding(true)}>{words.someone.ask}</Button>}{help}</>}>
      {closed ? <Closed me={me} /> : (
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
      )}
      {finding && <ForSomeone onClose={() => setFinding(false)} onFound={(whose) => { setFinding(false); at(kind, whose) }} />}
    </Page>
  )
}

/** No flow is open to the person. What they asked for before lives on. */
function Closed({ me }: { me: Schemas['Me'] }) {
  const words = useT().requests
  return (
    <>
      <NotOffered me={me} requests={notOffered([], useMine().data ?? [])} />
      <Empty title={words.closed}><p>{words.empty.more}</p></Empty>
    </>
  )
}
