import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import type { Schemas } from '../api/client'
import { asApiError } from '../api/problem'
import { useT } from '../i18n'
import { now } from '../lib/clock'
import { Button } from '../ui/Button'
import { TextField } from '../ui/Field'
import { ProblemNotice } from '../ui/Notice'
import styles from './Away.module.css'
import { DelegateField } from './DelegateField'
import { useFound, usePutDelegation, wasChanged } from './delegation'
import { aWeekFrom, moment, written } from './period'

interface Props {
  /** What is changed; absent where nobody is named. */
  before?: Schemas['Delegation']
  etag: string
  onSaved: (name: string) => void
  onOvertaken: () => void
  onCancel?: () => void
}

const shown = ['/delegate', '/from', '/until']

/** Names who decides, and for how long. */
export function DelegationForm({ before, etag, onSaved, onOvertaken, onCancel }: Props) {
  const t = useT()
  const title = useId()
  const form = useRef<HTMLFormElement>(null)
  const [period, setPeriod] = useState(() => (
    before?.from && before.until ? { from: written(new Date(before.from)), until: written(new Date(before.until)) } : aWeekFrom(now())
  ))
  const [kept, setKept] = useState(before?.delegate)
  const [email, setEmail] = useState('')
  const [tried, setTried] = useState(false)
  const found = useFound(kept ? '' : email)
  const delegate = kept ?? found.person
  const put = usePutDelegation(etag, { onDone: () => onSaved(delegate?.name ?? delegate?.id ?? ''), onOvertaken })
  const problem = asApiError(put.error)
  const invalid = { // what the form sees for itself, then what the API says
    delegate: !delegate && tried && found.looking ? t.away.looking : !delegate && tried ? (found.nobody ? t.away.nobody : t.away.whole) : problem?.at('/delegate'),
    from: !moment(period.from) && tried ? t.actions.required : problem?.at('/from'),
    until: !moment(period.until) && tried ? t.actions.required : problem?.at('/until'),
  }
  const changes = before !== undefined
  useEffect(() => { if (changes) form.current?.focus() }, [changes]) // the button that opened it is gone
  const refusals = useRef(0)
  const [refused, setRefused] = useState(0)
  useEffect(() => { // to the first field that is wrong
    if (refused !== refusals.current) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    refusals.current = refused
  }, [refused])
  const refuse = () => setRefused((n) => n + 1)

  const save = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const [from, until] = [moment(period.from), moment(period.until)]
    if (!delegate || !from || !until) return refuse()
    put.mutate({ delegate: delegate.id, from, until }, { onError: refuse })
  }
  const edit = (change: Partial<typeof period>) => {
    setPeriod((was) => ({ ...was, ...change }))
    put.reset()
  }
  const zone = t.away.zone(Intl.DateTimeFormat().resolvedOptions().timeZone)
  return (
    <form ref={form} tabIndex={-1} className={styles.form} aria-labelledby={title} noValidate onSubmit={save}>
      <h2 id={title}>{before ? t.away.changeTitle : t.away.newTitle}</h2>
      <DelegateField
        kept={kept}
        onOther={() => setKept(undefined)}
        email={email}
        onEmail={(text) => {
          setEmail(text)
          setTried(false)
          put.reset()
        }}
        found={found}
        error={invalid.delegate}
      />
      <div className={styles.period}>
        <TextField label={t.away.from} type="datetime-local" required hint={zone} value={period.from} error={invalid.from} onChange={(event) => edit({ from: event.target.value })} />
        <TextField label={t.away.until} type="datetime-local" required hint={zone} value={period.until} error={invalid.until} onChange={(event) => edit({ until: event.target.value })} />
      </div>
      <ProblemNotice error={problem && !wasChanged(problem) && !shown.some((pointer) => problem.at(pointer)) ? problem : undefined} shown={shown} />
      <div className="line">
        <Button type="submit" look="primary" busy={put.isPending}>{before ? t.actions.save : t.away.name}</Button>
        {onCancel && <Button onClick={onCancel}>{t.actions.cancel}</Button>}
      </div>
    </form>
  )
}
