import type { ReactNode } from 'react'
import type { Schemas } from '../api/client'
import { useWords } from '../i18n'
import { Details } from '../request/Details'
import { Button } from '../ui/Button'
import { Moment, Remaining } from '../ui/Moment'
import { ProblemNotice } from '../ui/Notice'
import styles from './Away.module.css'
import { useEndDelegation, wasChanged } from './delegation'
import type { Standing as Stands } from './period'

interface Props {
  delegation: Schemas['Delegation']
  stands: Exclude<Stands, 'none'>
  etag: string
  changing: boolean
  onChange: () => void
  onEnded: () => void
  onOvertaken: () => void
}

/** Who decides for the person, from when till when, and how that stands. */
export function Standing({ delegation, stands, etag, changing, onChange, onEnded, onOvertaken }: Props) {
  const { t } = useWords()
  const end = useEndDelegation(etag, { onDone: onEnded, onOvertaken })
  const name = delegation.delegate?.name ?? delegation.delegate?.id ?? ''
  const rows: [ReactNode, ReactNode][] = [
    [t.away.from, delegation.from && <Moment at={delegation.from} />],
    [t.away.until, delegation.until && <Moment at={delegation.until} />],
    [t.away.remains, stands === 'active' && delegation.until && <Remaining endsAt={delegation.until} />],
    [t.away.begins, stands === 'ahead' && delegation.from && <Remaining endsAt={delegation.from} />],
  ]
  return (
    <section className={`${styles.standing} ${styles[stands]}`} aria-labelledby="away-standing">
      <div aria-live="polite">
        <p className={styles.word}>{t.away.standing[stands]}</p>
        <h2 id="away-standing">{t.away.sentence[stands](name)}</h2>
      </div>
      <Details rows={rows} />
      <ProblemNotice error={end.error && !wasChanged(end.error) ? end.error : undefined} />
      {stands !== 'over' && (
        <div className="line">
          {!changing && <Button onClick={onChange}>{t.away.change}</Button>}
          <Button look="danger" busy={end.isPending} onClick={() => end.mutate(undefined)}>{t.away.alone}</Button>
        </div>
      )}
    </section>
  )
}
