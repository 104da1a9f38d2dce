import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import type { Schemas } from '../api/client'
import { asApiError } from '../api/problem'
import { useMe } from '../api/queries'
import { ApplicationsPage } from '../applications/ApplicationsPage'
import { useT } from '../i18n'
import { onJump } from '../lib/clock'
import { lookWhenBack } from '../lib/polling'
import { RequestPage } from '../request/RequestPage'
import { RequestsPage } from '../requests/RequestsPage'
import { TasksPage } from '../tasks/TasksPage'
import { Button } from '../ui/Button'
import { Page } from '../ui/Page'
import { Failed, Loading, useLastError } from '../ui/States'
import { Alone } from './Alone'
import { areasOf, pageOf } from './areas'
import { Boundary } from './Boundary'
import { NotFound } from './NotFound'
import { useSession } from './session'
import { Shell } from './Shell'

const AdminPages = lazy(() => import('../admin/AdminPages'))
const AwayPage = lazy(() => import('../away/AwayPage'))
const IntegrationsPage = lazy(() => import('../integrations/IntegrationsPage'))
const SlackReturnPage = lazy(() => import('../integrations/SlackReturnPage'))

/** The portal of someone who has signed in. */
export function App() {
  const t = useT()
  const me = useMe()
  const error = useLastError(me)
  const session = useSession()
  const client = useQueryClient()
  useEffect(() => onJump(() => void client.invalidateQueries()), [client])
  useEffect(() => lookWhenBack(client), [client])
  const code = asApiError(error)?.code
  if (code === 'not_registered' || code === 'suspended') return <Refused code={code} />
  if (me.data) return <Shell me={me.data}><Pages me={me.data} /></Shell>
  if (error) {
    return (
      <Alone title={t.brand}>
        <Failed error={error} again={() => void (asApiError(error)?.status === 401 ? session.signIn() : me.refetch())} busy={me.isFetching} />
        <Button look="bare" onClick={() => void session.signOut()}>{t.nav.signOut}</Button>
      </Alone>
    )
  }
  return <Alone title={t.brand}><p>{t.state.loading}</p></Alone>
}

function Refused({ code }: { code: 'not_registered' | 'suspended' }) {
  const t = useT()
  const session = useSession()
  const [title, more] = t.refusedMe[code]
  return <Alone title={title ?? ''}><p>{more}</p><Button onClick={() => void session.signOut()}>{t.nav.signOut}</Button></Alone>
}

function Pages({ me }: { me: Schemas['Me'] }) {
  const t = useT()
  const [path] = useLocation()
  const broken = <Page title={t.state.broken}><div><Button onClick={() => location.reload()}>{t.state.reload}</Button></div></Page>
  return (
    <Boundary key={pageOf(path)} instead={broken}>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/"><Redirect to={areasOf(me)[0]?.to ?? '/applications'} replace /></Route>
          <Route path="/requests"><RequestsPage me={me} kind="resource" /></Route>
          <Route path="/requests/access"><RequestsPage me={me} kind="device" /></Route>
          <Route path="/requests/:id">{({ id }) => <RequestPage me={me} id={id} />}</Route>
          <Route path="/applications"><ApplicationsPage me={me} /></Route>
          <Route path="/tasks"><TasksPage me={me} /></Route>
          <Route path="/integrations"><IntegrationsPage /></Route>
          <Route path="/integrations/slack"><SlackReturnPage /></Route>
          <Route path="/away"><AwayPage me={me} /></Route>
          <Route path="/admin/*?">{me.features.admin ? <AdminPages me={me} /> : <NotFound />}</Route>
          <Route><NotFound /></Route>
        </Switch>
      </Suspense>
    </Boundary>
  )
}
