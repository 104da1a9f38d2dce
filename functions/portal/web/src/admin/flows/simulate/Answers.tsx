import { Select, TextField } from '../../../ui/Field'
import type { ApiError } from '../../../api/problem'
import { inWords } from '../../../lib/duration'
import { useAdminT } from '../../messages'
import type { Flow } from '../calls'
import { SpanField } from '../editor/SpanField'
import { ofSpan, toSpan } from '../form/span'
import type { Trial } from './trial'

interface Props {
  flow: Flow
  trial: Trial
  set: (change: Partial<Trial>) => void
  problem?: ApiError
  locale: string
}

/** What else a requester says: when, for how long, and the answers of the form. */
export function Answers({ flow, trial, set, problem, locale }: Props) {
  const { flows: { simulate: t } } = useAdminT()
  const { choices = [], max, mode } = flow.duration
  const chosen = trial.duration === '' || choices.includes(trial.duration) ? trial.duration : 'other'
  return (
    <>
      {mode === 'choice' && (
        <Select label={t.duration} value={chosen} error={problem?.at('/duration')} onChange={(event) => set({ duration: event.target.value === 'other' ? (max ?? '') : event.target.value })}>
          <option value="">{t.durationNone}</option>
          {choices.map((choice) => <option key={choice} value={choice}>{inWords(choice, locale)}</option>)}
          {max && <option value="other">{t.durationOther}</option>}
        </Select>
      )}
      {chosen === 'other' && <SpanField label={t.durationOther} pointer="/duration" value={toSpan(trial.duration)} onChange={(span) => set({ duration: ofSpan(span) ?? '' })} />}
      {flow.fields.map((field) => (
        <TextField
          key={field.id} label={field.label} required={field.required} hint={field.message} error={problem?.at(`/answers/${field.id}`)}
          value={trial.answers[field.id] ?? ''} onChange={(event) => set({ answers: { ...trial.answers, [field.id]: event.target.value } })}
        />
      ))}
      <TextField label={t.at} hint={t.atHint} type="datetime-local" value={trial.at} onChange={(event) => set({ at: event.target.value })} error={problem?.at('/at')} />
      {flow.starts_within && <TextField label={t.startsAt} type="datetime-local" value={trial.startsAt} onChange={(event) => set({ startsAt: event.target.value })} error={problem?.at('/starts_at')} />}
    </>
  )
}
