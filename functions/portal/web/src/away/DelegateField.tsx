import { useEffect, useRef } from 'react'
import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Button } from '../ui/Button'
import { TextField } from '../ui/Field'
import { useProblemText } from '../lib/problems'
import styles from './Away.module.css'
import type { Found } from './delegation'

interface Props {
  /** Who was named before, and still is. */
  kept?: Schemas['PersonRef']
  onOther: () => void
  email: string
  onEmail: (email: string) => void
  found: Found
  error?: string
}

/** The delegate: whoever is named already, or whoever has an email. */
export function DelegateField({ kept, onOther, email, onEmail, found, error }: Props) {
  const t = useT()
  const problem = useProblemText()
  const field = useRef<HTMLInputElement>(null)
  const other = useRef(false)
  useEffect(() => {
    if (!kept && other.current) field.current?.focus()
  }, [kept])
  if (kept) {
    return (
      <div className="tight">
        <p className={styles.label}>{t.away.delegate}</p>
        <div className="line">
          <span>{kept.name ?? kept.id}</span>
          <Button
            look="bare"
            onClick={() => {
              other.current = true
              onOther()
            }}
          >
            {t.away.other}
          </Button>
        </div>
        {error && <p className={styles.error} role="alert">{error}</p>}
      </div>
    )
  }
  const says = found.looking ? t.away.looking : found.person ? t.away.is(found.person.name ?? found.person.id) : found.error ? problem(found.error) : found.nobody && !error ? t.away.nobody : ''
  return (
    <div className="tight">
      <TextField
        ref={field} label={t.away.email} hint={t.away.emailHint} type="email" required autoComplete="off" spellCheck={false}
        value={email} error={error} onChange={(event) => onEmail(event.target.value)}
      />
      <p className={found.person ? styles.found : styles.says} aria-live="polite">{says}</p>
    </div>
  )
}
