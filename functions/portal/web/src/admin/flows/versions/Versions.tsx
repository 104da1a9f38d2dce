import { useState } from 'react'
import { Select } from '../../../ui/Field'
import { Disclosure } from '../../../ui/Disclosure'
import { Moment } from '../../../ui/Moment'
import { Loaded } from '../../../ui/States'
import { useHistory } from '../../history/read'
import { useAdminT } from '../../messages'
import { readHistory, type Flow } from '../calls'
import { Between } from './Between'
import { versionsOf, type Version } from './versions'
import styles from './Versions.module.css'

interface Props {
  id: string
  now: number
  onRestore: (flow: Flow) => void
}

/** The versions of a flow, each with what it changed; and what differs between any two. */
export function Versions({ id, now, onRestore }: Props) {
  const { flows: { versions: t } } = useAdminT()
  const events = useHistory(`flow:${id}`, readHistory(id))
  return (
    <Loaded query={events}>
      {(all) => {
        const versions = versionsOf(all)
        const readable = versions.filter(({ event }) => event.type !== 'deleted').map(({ version }) => version)
        return (
          <div className="stack">
            <p className="quiet">{t.lead}</p>
            {readable.length > 1 && <Compare id={id} versions={readable} />}
            <div className={styles.list}>
              {versions.map((version, n) => <Row key={version.version} id={id} version={version} before={versions[n + 1]} now={now} onRestore={onRestore} />)}
            </div>
          </div>
        )
      }}
    </Loaded>
  )
}

function Row({ id, version: { version, event }, before, now, onRestore }: { id: string; version: Version; before?: Version } & Omit<Props, 'id'>) {
  const { flows: { versions: t } } = useAdminT()
  const happened = { created: t.created, deleted: t.deleted }[event.type] ?? t.updated
  const summary = (
    <div className={styles.head}>
      <strong>{t.version(version)}</strong>
      <span className="quiet">{happened} {t.by(event.actor.name ?? event.actor.id ?? t.someone)}, <Moment at={event.at} /></span>
      {version === now && <span className={styles.now}>{t.now}</span>}
    </div>
  )
  if (event.type === 'deleted') return <Disclosure summary={summary}>{t.deleted}</Disclosure>
  const earlier = before && before.event.type !== 'deleted' ? before.version : undefined
  return (
    <Disclosure summary={summary}>
      <Between id={id} from={earlier} to={version} onRestore={version === now ? undefined : onRestore} />
    </Disclosure>
  )
}

function Compare({ id, versions }: { id: string; versions: number[] }) {
  const { flows: { versions: t } } = useAdminT()
  const [newest = 1, before = 1] = versions
  const [pair, setPair] = useState<{ from: number; to: number }>()
  const { from, to } = pair ?? { from: before, to: newest }
  const options = versions.map((version) => <option key={version} value={version}>{t.version(version)}</option>)
  return (
    <section aria-label={t.compare} className="tight">
      <div className={styles.compare}>
        <Select label={t.from} value={from} onChange={(event) => setPair({ from: Number(event.target.value), to })}>{options}</Select>
        <Select label={t.to} value={to} onChange={(event) => setPair({ from, to: Number(event.target.value) })}>{options}</Select>
      </div>
      {pair && (
        <>
          <h2>{t.between(from, to)}</h2>
          <Between id={id} from={from} to={to} />
        </>
      )}
    </section>
  )
}
