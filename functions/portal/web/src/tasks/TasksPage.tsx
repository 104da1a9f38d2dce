import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { Schemas } from '../api/client'
import { useTasks } from '../api/queries'
import { useT } from '../i18n'
import { Button } from '../ui/Button'
import { Page } from '../ui/Page'
import { Empty, Loaded } from '../ui/States'
import { drop, keep, rowsOf, type Kept } from './kept'
import { TaskRow } from './TaskRow'
import styles from './Tasks.module.css'

/** Everything that needs the person's attention. */
export function TasksPage({ me }: { me: Schemas['Me'] }) {
  const t = useT()
  const tasks = useTasks()
  const count = tasks.data?.length
  useEffect(() => {
    if (count !== undefined) document.title = `${t.tasks.count(count, t.nav.tasks)} · ${t.brand}`
  }, [count, t])
  return (
    <Page title={t.nav.tasks} lead={count !== undefined && <span role="status">{t.tasks.lead(count)}</span>}>
      <Loaded query={tasks}>{(waiting) => <Tasks me={me} waiting={waiting} />}</Loaded>
    </Page>
  )
}

function Tasks({ me, waiting }: { me: Schemas['Me']; waiting: Schemas['Request'][] }) {
  const t = useT()
  const [remembered, setKept] = useState<Kept>({})
  const kept = keep(remembered, waiting)
  if (kept !== remembered) setKept(kept)
  const rows = rowsOf(kept, waiting)
  const left = rows.filter((row) => row.left).map((row) => row.task.id)
  const dismiss = (ids: string[]) => setKept((before) => drop(before, ids))
  if (rows.length === 0) {
    return (
      <Empty title={t.tasks.empty}>
        <p>{t.tasks.emptyMore}</p>
        <p><Link href="/away">{t.tasks.away}</Link></p>
      </Empty>
    )
  }
  return (
    <div className="stack">
      <ul className={styles.rows}>
        {rows.map((row) => <TaskRow key={row.task.id} me={me} {...row} onDismiss={() => dismiss([row.task.id])} />)}
      </ul>
      {left.length > 1 && <div><Button onClick={() => dismiss(left)}>{t.tasks.clear}</Button></div>}
      <p className="small"><Link href="/away">{t.tasks.away}</Link></p>
    </div>
  )
}
