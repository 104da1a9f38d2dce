import { useEffect, useRef, useState, type FormEvent } from 'react'
import { api, call, type Schemas } from '../../api/client'
import { asApiError } from '../../api/problem'
import { useT } from '../../i18n'
import { useMove } from '../../lib/move'
import { Button } from '../../ui/Button'
import { TextArea } from '../../ui/Field'
import { DurationChoice } from './DurationChoice'
import { DecideProblem } from './DecideProblem'
import { given } from './durations'
import { kinds, offered, type Kind } from './kinds'
import styles from './Decide.module.css'

interface Props {
  kind: Kind
  request: Schemas['Request']
  onBusy: (busy: boolean) => void
  onClose: () => void
}

/** What a verdict needs, sent with the version that is on the screen. */
export function DecideForm({ kind, request, onBusy, onClose }: Props) {
  const t = useT()
  const words = t.request.decide
  const rule = kinds[kind]
  const whole = offered(request, kind)
  const [reason, setReason] = useState('')
  const [chosen, choose] = useState<string>()
  const [missing, setMissing] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const needsReason = rule.decision !== 'approve'
  const duration = given(whole, chosen) // another approver may shorten it meanwhile
  const move = useMove((version: number) => call(api.POST('/v1/requests/{id}/decisions', {
    params: { path: { id: request.id } },
    body: { decision: rule.decision, version, reason: reason.trim() || undefined, duration: duration === whole ? undefined : duration, extension: rule.extension },
  })), { said: words.said[kind], done: onClose })
  const error = asApiError(move.error)

  useEffect(() => { // once the dialog is open: where there is something to fill in
    form.current?.querySelector<HTMLElement>(needsReason ? 'textarea' : 'select')?.focus()
  }, [needsReason])
  useEffect(() => {
    if (missing || move.isError) form.current?.querySelector<HTMLElement>('[aria-invalid], [data-problem]')?.focus()
  }, [missing, move.isError, move.failureCount, move.submittedAt])

  function submit(event: FormEvent) {
    event.preventDefault()
    if (move.isPending) return
    const blank = needsReason && reason.trim() === ''
    setMissing(blank)
    if (blank) return form.current?.querySelector('textarea')?.focus()
    onBusy(true)
    move.mutate(request.version, { onSettled: () => onBusy(false) })
  }

  return (
    <form ref={form} className="stack" onSubmit={submit} noValidate>
      {request.decides_for && <p className="quiet">{words.forWhom(request.decides_for.name ?? request.decides_for.id)}</p>}
      {request.reason && kind !== 'grantMore' && kind !== 'denyMore' && <blockquote className={styles.reason}>{request.reason}</blockquote>}
      {request.extension?.reason && rule.extension && <blockquote className={styles.reason}>{request.extension.reason}</blockquote>}
      {whole && duration && (
        <DurationChoice label={rule.extension ? words.more : words.duration} whole={whole} asked={rule.extension ? whole : (request.duration ?? whole)}
          value={duration} onChange={choose} error={error?.at('/duration')} />
      )}
      <TextArea
        label={kind === 'ask' ? words.question : needsReason ? words.reason : words.note}
        hint={kind === 'ask' ? words.questionHint : needsReason ? words.reasonHint : words.noteHint}
        value={reason} onChange={(event) => setReason(event.target.value)} required={needsReason} maxLength={2000} rows={needsReason ? 4 : 2}
        error={missing && reason.trim() === '' ? t.actions.required : error?.at('/reason')}
      />
      <DecideProblem error={move.error} request={request} />
      <div className={styles.actions}>
        <Button onClick={onClose}>{t.actions.cancel}</Button>
        <Button type="submit" look={rule.decision === 'deny' ? 'danger' : 'primary'} busy={move.isPending}>{words[kind]}</Button>
      </div>
    </form>
  )
}
