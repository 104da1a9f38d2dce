import { Select, TextField } from '../../../ui/Field'
import type { Schemas } from '../../../api/client'
import { useAdminT } from '../../messages'
import type { Flow } from '../calls'
import { useAt } from '../editor/findings'
import { SpanField } from '../editor/SpanField'
import { useFlowWords } from '../useFlowWords'
import type { Trial } from './trial'

interface Props {
  flow: Flow
  trial: Trial
  set: (change: Partial<Trial>) => void
}

/** What else a requester says: when, for how long, and the answers of the form. */
export function Answers({ flow, trial, set }: Props) {
  const { flows: { simulate: t } } = useAdminT()
  return (
    <>
      {flow.duration.mode === 'choice' && <DurationChoice rule={flow.duration} trial={trial} set={set} />}
      {flow.fields.map((field) => (
        <Answer key={field.id} field={field} value={trial.answers[field.id] ?? ''} onChange={(answer) => set({ answers: { ...trial.answers, [field.id]: answer } })} />
      ))}
      <TextField label={t.at} hint={t.atHint} type="datetime-local" value={trial.at} onChange={(event) => set({ at: event.target.value })} {...useAt('/at')} />
      {flow.starts_within && <StartsAt value={trial.startsAt} onChange={(startsAt) => set({ startsAt })} />}
    </>
  )
}

function DurationChoice({ rule: { choices = [], max }, trial, set }: { rule: Schemas['DurationRule'] } & Pick<Props, 'trial' | 'set'>) {
  const words = useFlowWords()
  const t = words.t.simulate
  const at = useAt('/duration')
  const other = trial.duration === 'other'
  return (
    <>
      <Select label={t.duration} value={trial.duration} onChange={(event) => set({ duration: event.target.value })} {...(other ? {} : at)}>
        <option value="">{t.durationNone}</option>
        {choices.map((choice) => <option key={choice} value={choice}>{words.span(choice)}</option>)}
        {max && <option value="other">{t.durationOther}</option>}
      </Select>
      {other && <SpanField label={t.durationOther} pointer="/duration" value={trial.other} onChange={(span) => set({ other: span })} />}
    </>
  )
}

function Answer({ field, value, onChange }: { field: Schemas['Field']; value: string; onChange: (answer: string) => void }) {
  return <TextField label={field.label} required={field.required} hint={field.message} value={value} onChange={(event) => onChange(event.target.value)} {...useAt(`/answers/${field.id}`)} />
}

function StartsAt({ value, onChange }: { value: string; onChange: (at: string) => void }) {
  const { flows: { simulate: t } } = useAdminT()
  return <TextField label={t.startsAt} type="datetime-local" value={value} onChange={(event) => onChange(event.target.value)} {...useAt('/starts_at')} />
}
