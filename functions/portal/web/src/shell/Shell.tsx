import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Schemas } from '../api/client'
import { useTasks } from '../api/queries'
import { languages, useWords, type Language } from '../i18n'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Notice } from '../ui/Notice'
import { areasOf, pageOf, type Area } from './areas'
import { useKeptFocus } from './focus'
import { icons } from './icons'
import { useOnline } from './online'
import { useSession } from './session'
import styles from './Shell.module.css'

function useBadge(): number {
  return useTasks().data?.length ?? 0
}

function AreaLink({ area, current, count, onGo }: { area: Area; current: boolean; count: number; onGo?: () => void }) {
  const { t } = useWords()
  return (
    <Link href={area.to} className={styles.area} aria-current={current ? 'page' : undefined} onClick={onGo}>
      {icons[area.icon]}
      <span>{t.nav[area.name]}</span>
      {area.name === 'tasks' && count > 0 && (
        <span className={styles.badge}><span aria-hidden="true">{count}</span><span className="hidden">{t.nav.tasksWaiting(count)}</span></span>
      )}
    </Link>
  )
}

function Account({ me }: { me: Schemas['Me'] }) {
  const { t, language, choose } = useWords()
  const session = useSession()
  return (
    <div className={styles.person}>
      {me.support_url && (
        <a href={me.support_url} target="_blank" rel="noreferrer" className={styles.area}>
          {icons.help}<span>{t.nav.help} <span className="hidden">{t.nav.newTab}</span></span>
        </a>
      )}
      <label className="line apart small">
        {t.nav.language}
        <select value={language} onChange={(event) => choose(event.target.value as Language)}>
          {Object.entries(languages).map(([tag, name]) => <option key={tag} value={tag}>{name}</option>)}
        </select>
      </label>
      <div className="line apart">
        <span title={me.email}>{me.name}</span>
        <Button look="bare" onClick={() => void session.signOut()}>{t.nav.signOut}</Button>
      </div>
    </div>
  )
}

const inBar = 3 // what fits beside "More" on a phone

function BottomBar({ me, areas, isHere, count }: { me: Schemas['Me']; areas: Area[]; isHere: (area: Area) => boolean; count: number }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const shown = areas.slice(0, inBar)
  return (
    <>
      <nav className={styles.bottom} aria-label={t.nav.label}>
        {shown.map((area) => (
          <Link key={area.name} href={area.to} aria-current={isHere(area) ? 'page' : undefined}>
            {icons[area.icon]}<span>{t.nav[area.name]}</span>
            {area.name === 'tasks' && count > 0 && (
              <span className={styles.badge}><span aria-hidden="true">{count}</span><span className="hidden">{t.nav.tasksWaiting(count)}</span></span>
            )}
          </Link>
        ))}
        <button type="button" onClick={() => setOpen(true)} aria-haspopup="dialog">{icons.more}<span>{t.nav.more}</span></button>
      </nav>
      {open && (
        <Dialog title={t.nav.more} onClose={() => setOpen(false)}>
          <div className="stack">
            <div className={styles.areas}>
              {areas.slice(inBar).map((area) => <AreaLink key={area.name} area={area} current={isHere(area)} count={0} onGo={() => setOpen(false)} />)}
            </div>
            <Account me={me} />
          </div>
        </Dialog>
      )}
    </>
  )
}

/** What surrounds every page: the areas, the person, and whether one is offline. */
export function Shell({ me, children }: { me: Schemas['Me']; children: ReactNode }) {
  const { t } = useWords()
  const [path] = useLocation()
  const page = pageOf(path)
  const online = useOnline()
  const session = useSession()
  const ended = useSyncExternalStore(session.onEnd, () => session.ended)
  const count = useBadge()
  const areas = areasOf(me)
  const isHere = (area: Area) => path === area.to || path.startsWith(area.to + '/')
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useKeptFocus(main)
  useEffect(() => { // who moves by keyboard or screen reader goes on at the new page
    if (first.current) first.current = false
    else {
      main.current?.focus({ preventScroll: true })
      window.scrollTo(0, 0)
    }
  }, [page])
  return (
    <>
      <a href="#main" className={styles.skip} onClick={(event) => { event.preventDefault(); main.current?.focus() }}>{t.nav.skip}</a>
      <div className={styles.shell}>
        <header className={styles.side}>
          <Link href="/" className={styles.brand}><img src="/favicon.svg" alt="" width="28" height="28" />{t.brand}</Link>
          <nav className={styles.areas} aria-label={t.nav.label}>
            {areas.map((area) => <AreaLink key={area.name} area={area} current={isHere(area)} count={count} />)}
          </nav>
          <Account me={me} />
        </header>
        <header className={styles.top}>
          <Link href="/" className={styles.brand}><img src="/favicon.svg" alt="" width="28" height="28" />{t.brand}</Link>
        </header>
        <main id="main" className={styles.main} tabIndex={-1} ref={main}>
          {ended && (
            <div className={styles.banner} role="alert">
              {t.signIn.ended} <Button look="bare" onClick={() => void session.signIn()}>{t.signIn.again}</Button>
            </div>
          )}
          {!online && <div className={styles.banner} role="status">{t.state.offline}</div>}
          {me.email_problem && <div className={styles.notice}><Notice kind="warn">{t.nav.noMail}</Notice></div>}
          {children}
        </main>
      </div>
      <BottomBar me={me} areas={areas} isHere={isHere} count={count} />
    </>
  )
}
