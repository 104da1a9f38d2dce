import { Link } from 'wouter'
import type { Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Moment, Remaining } from '../../ui/Moment'
import { useAdminT } from '../messages'
import styles from './SessionTable.module.css'

interface Props {
  requests: Schemas['Request'][]
  picked: ReadonlySet<string>
  /** Why some could not be revoked just now. */
  refused: ReadonlyMap<string, Schemas['Problem']>
  onPick: (picked: ReadonlySet<string>) => void
}

/** Access that is held, to choose from. */
export function SessionTable({ requests, picked, refused, onPick }: Props) {
  const t = useT()
  const { sessions, drift } = useAdminT().requests
  const all = requests.every(({ id }) => picked.has(id))
  const some = !all && requests.some(({ id }) => picked.has(id))
  function pick(ids: string[], on: boolean) {
    const next = new Set(picked)
    ids.forEach((id) => (on ? next.add(id) : next.delete(id)))
    onPick(next)
  }
  return (
    <table className={styles.table}>
      <caption className="hidden">{sessions.list}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles.pick}>
            <label>
              <input
                type="checkbox" checked={all} ref={(box) => { if (box) box.indeterminate = some }}
                onChange={() => pick(requests.map(({ id }) => id), !all)}
              />
              <span className={styles.all}>{sessions.all(requests.length)}</span>
            </label>
          </th>
          <th scope="col">{sessions.column.what}</th>
          <th scope="col">{sessions.column.who}</th>
          <th scope="col">{sessions.column.left}</th>
          <th scope="col">{sessions.column.since}</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((r) => {
          const who = r.requester.name ?? r.requester.id
          const what = r.resource.name ?? r.resource_id
          const problem = refused.get(r.id)
          return (
            <tr key={r.id} className={styles.row} data-request={r.id}>
              <td className={styles.pick}>
                <label>
                  <input type="checkbox" checked={picked.has(r.id)} onChange={(event) => pick([r.id], event.target.checked)} />
                  <span className="hidden">{sessions.choose(who, what)}</span>
                </label>
              </td>
              <td className={styles.what}>
                <Link href={`/requests/${r.id}`}>{what}</Link>
                {r.drift && <div className="small">{drift[r.drift]}</div>}
                {problem && <div className={styles.problem}>{(t.problems[problem.code] ?? problem.detail)}</div>}
              </td>
              <td className={styles.who}>{who}</td>
              <td className={styles.left}>{r.ends_at ? <Remaining endsAt={r.ends_at} /> : <span className="quiet">{t.notTimed}</span>}</td>
              <td className={styles.since}>{r.started_at && <Moment at={r.started_at} />}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
