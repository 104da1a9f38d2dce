// The form of a request: what is typed, what is still missing, and what is sent.
import type { Schemas } from '../../api/client'
import { typed } from '../../lib/typed'
import { durationOf, firstChoice, fits, other, type Chosen } from './durations'

type Item = Schemas['CatalogItem']

export interface Draft {
  reason: string
  duration: Chosen
  answers: Record<string, string>
  /** As `datetime-local` has it: local, without a zone. */
  startsAt: string
}

export function newDraft(item: Item, before?: Schemas['Request']): Draft {
  const { duration, fields } = item.flow
  return {
    reason: before?.reason ?? '',
    duration: firstChoice(duration.choices ?? [], duration.max, before?.duration),
    answers: Object.fromEntries(fields.map(({ id }) => [id, before?.answers[id] ?? ''])),
    startsAt: '',
  }
}

/** A draft as it fits the item now: the choices may have changed since it was typed. */
export function stillFits(item: Item, draft: Draft): Draft {
  const { choice } = draft.duration
  return choice === other || item.flow.duration.choices?.includes(choice) ? draft : { ...draft, duration: newDraft(item).duration }
}

export const answerPointer = (field: string) => `/answers/${field}`

/** Where the form shows what is wrong. */
export function pointers(item: Item): string[] {
  return ['/reason', '/duration', '/starts_at', ...item.flow.fields.map(({ id }) => answerPointer(id))]
}

/** What has to be filled in and is not; of a start, once it was begun, all of it. */
export function missing(item: Item, draft: Draft, halfAStart = false): string[] {
  const { duration, fields } = item.flow
  const out = draft.reason.trim() ? [] : ['/reason']
  if (duration.mode === 'choice' && !fits(draft.duration, draft.duration.choice === other ? duration.max : undefined)) out.push('/duration')
  out.push(...fields.filter(({ id, required }) => required && !draft.answers[id]?.trim()).map(({ id }) => answerPointer(id)))
  return halfAStart ? [...out, '/starts_at'] : out
}

export function requestInput(item: Item, draft: Draft, resubmits?: string): Schemas['RequestInput'] {
  const answers = Object.fromEntries(
    item.flow.fields.map(({ id }) => [id, draft.answers[id]?.trim() ?? '']).filter(([, answer]) => answer),
  ) as Schemas['Answers']
  return {
    resource_id: item.id,
    reason: draft.reason.trim(),
    ...(item.flow.duration.mode === 'choice' && { duration: durationOf(draft.duration) }),
    ...(Object.keys(answers).length > 0 && { answers }),
    ...(item.flow.starts_within && draft.startsAt && { starts_at: new Date(draft.startsAt).toISOString() }),
    ...(resubmits && { resubmits }),
  }
}

/** A moment as `datetime-local` has it. */
export function localInput(at: number): string {
  const date = new Date(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** The Idempotency-Keys of a form: the same for what was sent before, as after an answer that got lost. */
export function newKeys(): (body: Schemas['RequestInput']) => string {
  let last: { sent: string; key: string } | undefined
  return (body) => {
    const sent = JSON.stringify(body)
    if (last?.sent !== sent) last = { sent, key: crypto.randomUUID() }
    return last.key
  }
}

/** What was typed into a form and not sent. */
export const kept = {
  get: (form: string): Draft | undefined => {
    const text = typed.get(form)
    return text === undefined ? undefined : (JSON.parse(text) as Draft)
  },
  keep: (form: string, draft: Draft) => typed.keep(form, JSON.stringify(draft)),
  drop: typed.drop,
}
