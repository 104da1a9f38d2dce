import { useEffect, useRef } from 'react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import type { Schemas } from '../api/client'
import { NotFound } from '../shell/NotFound'
import styles from './AdminPages.module.css'
import { DevicesPages } from './devices/DevicesPages'
import { FlowsPages } from './flows/FlowsPages'
import { GroupsPages } from './groups/GroupsPages'
import { useAdminT } from './messages'
import { PeoplePages } from './people/PeoplePages'
import { RequestsPage } from './requests/RequestsPage'
import { ResourcesPages } from './resources/ResourcesPages'
import { SessionsPage } from './sessions/SessionsPage'
import { SettingsPage } from './settings/SettingsPage'
import { StuckCount } from './stuck/StuckCount'
import { StuckPage } from './stuck/StuckPage'

const sections = ['requests', 'sessions', 'stuck', 'resources', 'flows', 'people', 'groups', 'devices', 'settings'] as const

/** The admin's area. Each section has its pages under its own path. */
export default function AdminPages({ me }: { me: Schemas['Me'] }) {
  const t = useAdminT()
  const [path] = useLocation()
  const nav = useRef<HTMLElement>(null)
  useEffect(() => { // on a phone they do not all fit
    const here = nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (nav.current && here) nav.current.scrollLeft = here.offsetLeft - nav.current.offsetLeft - 48
  }, [path])
  return (
    <div className={styles.admin}>
      <nav ref={nav} className={styles.sections} aria-label={t.sections.label}>
        {sections.map((section) => {
          const to = `/admin/${section}`
          const here = path === to || path.startsWith(to + '/')
          return <Link key={section} href={to} aria-current={here ? 'page' : undefined}><span>{t.sections[section]}{section === 'stuck' && <StuckCount />}</span></Link>
        })}
      </nav>
      <Switch>
        <Route path="/admin"><Redirect to="/admin/requests" replace /></Route>
        <Route path="/admin/requests"><RequestsPage me={me} /></Route>
        <Route path="/admin/sessions"><SessionsPage me={me} /></Route>
        <Route path="/admin/stuck"><StuckPage me={me} /></Route>
        <Route path="/admin/resources/:id?">{({ id }) => <ResourcesPages id={id} />}</Route>
        <Route path="/admin/flows/:id?">{({ id }) => <FlowsPages id={id} />}</Route>
        <Route path="/admin/people/:id?">{({ id }) => <PeoplePages id={id} />}</Route>
        <Route path="/admin/groups/:id?">{({ id }) => <GroupsPages id={id} />}</Route>
        <Route path="/admin/devices/:id?">{({ id }) => <DevicesPages id={id} />}</Route>
        <Route path="/admin/settings"><SettingsPage /></Route>
        <Route><NotFound /></Route>
      </Switch>
    </div>
  )
}
