import { useState } from 'react'
import { Link } from 'wouter'
import type { Schemas } from '../../api/client'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import { Notice } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Empty, Loaded } from '../../ui/States'
import { useAdminT } from '../messages'
import { RequestTable } from '../requests/RequestTable'
import { BulkRevoke } from './BulkRevoke'
import { matching, mostShown, useStatus } from './held'
import styles from './SessionsPage.module.css'
import { SessionTable } from './SessionTable'

type Refusals = ReadonlyMap<string, Schemas['Problem']>

/** All access that is held, and a way to end much of it at once. */
export function SessionsPage(_: { me: Schemas['Me'] }) {
  const t = useAdminT().requests.sessions
  const active = useStatus('active')
  const ending = useStatus('ending').data ?? []
  const stuck = useStatus('stuck', [30_000, 120_000]).data?.length ?? 0
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Refusals>(new Map())
  const [asking, setAsking] = useState<Schemas['Request'][]>() // stays while the list goes
  return (
    <Page title={t.title} lead={t.lead} wide>
      {stuck > 0 && <Notice kind="warn"><p><strong>{t.stuckSome(stuck)}</strong> <Link href="/admin/stuck">{t.stuckLook}</Link></p></Notice>}
      <Loaded query={active}>
        {(all) => (all.length === 0
          ? <Empty title={t.none}><p>{t.noneMore}</p></Empty>
          : <Sessions all={all} picked={picked} refused={refused} onPick={setPicked} onRevoke={setAsking} />)}
      </Loaded>
      {ending.length > 0 && (
        <section className="stack" aria-labelledby="ending">
          <h2 id="ending">{t.ending}</h2>
          <RequestTable requests={ending} />
        </section>
      )}
      {asking && (
        <BulkRevoke
          requests={asking}
          onOutcome={({ revoked, refused }) => {
            const gone = new Set(revoked)
            setPicked(new Set(asking.filter(({ id }) => !gone.has(id)).map(({ id }) => id)))
            setRefused(refused)
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Page>
  )
}

interface SessionsProps {
  all: Schemas['Request'][]
  picked: ReadonlySet<string>
  refused: Refusals
  onPick: (picked: ReadonlySet<string>) => void
  onRevoke: (requests: Schemas['Request'][]) => void
}

function Sessions({ all, picked, refused, onPick, onRevoke }: SessionsProps) {
  const t = useAdminT().requests.sessions
  const [search, setSearch] = useState('')
  const shown = matching(all, search)
  const chosen = all.filter((r) => picked.has(r.id))
  const hidden = chosen.filter((r) => !shown.includes(r)).length
  return (
    <div className={styles.sessions}>
      <div className={styles.search}>
        <Field label={t.search} hint={t.searchHint}>
          {(wired) => <input {...wired} type="search" value={search} onChange={(event) => setSearch(event.target.value)} />}
        </Field>
      </div>
      {all.length >= mostShown && <p className="quiet">{t.most(mostShown)}</p>}
      {shown.length === 0 ? <Empty title={t.noMatch} /> : <SessionTable requests={shown} picked={picked} refused={refused} onPick={onPick} />}
      <div className={styles.bar} data-shown={chosen.length > 0}>
        <span role="status">{chosen.length > 0 && t.chosen(chosen.length)}{hidden > 0 && <> <strong>{t.hidden(hidden)}</strong></>}</span>
        {chosen.length > 0 && (
          <>
            <Button look="bare" onClick={() => onPick(new Set())}>{t.clear}</Button>
            <Button look="danger" aria-haspopup="dialog" onClick={() => onRevoke(chosen)}>{t.revoke(chosen.length)}</Button>
          </>
        )}
      </div>
    </div>
  )
}
