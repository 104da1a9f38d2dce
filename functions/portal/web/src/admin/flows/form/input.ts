// What the API is told of a draft. What is wrong with it is the API's to say.
import type { Schemas } from '../../../api/client'
import { toDraft, type Draft, type FieldDraft, type StepDraft } from './draft'
import { ofSpan } from './span'

type Input = Schemas['FlowInput']

function given<T>(list: T[]): T[] | undefined { return list.length > 0 ? list : undefined }
function text(value: string): string | undefined { return value === '' ? undefined : value }
function whole(value: string): number | undefined { return value.trim() === '' ? undefined : Number(value) }

function step(s: StepDraft): Schemas['FlowStep'] {
  return {
    approvers: s.approvers,
    needed: s.needed === 'count' ? Number(s.count) : s.needed,
    fallback: given(s.fallback),
    escalate_after: ofSpan(s.escalateAfter),
    skip_after: ofSpan(s.skipAfter),
  }
}

function field(f: FieldDraft): Schemas['Field'] {
  return {
    id: f.id,
    label: f.label,
    required: f.required,
    choices: given(f.choices.split('\n').map((line) => line.trim()).filter(Boolean)),
    pattern: text(f.pattern),
    message: text(f.message),
  }
}

function duration(d: Draft): Schemas['DurationRule'] {
  if (d.mode === 'none') return { mode: d.mode }
  const choices = d.choices.map((choice) => ofSpan(choice) ?? '')
  return {
    mode: d.mode,
    choices: given(d.mode === 'fixed' ? choices.slice(0, 1) : choices),
    max: d.mode === 'choice' ? ofSpan(d.max) : undefined,
    extend: d.extendable
      ? { up_to: ofSpan(d.extendUpTo) ?? '', times: Number(d.extendTimes), approvers: given(d.extendApprovers) }
      : undefined,
  }
}

/** The document that a draft stands for. */
export function toInput(d: Draft): Input {
  const input: Input = {
    name: d.name.trim(),
    resources: d.resources,
    visible_to: d.visibleTo,
    submitters: given(d.submitters),
    steps: d.steps.map(step),
    duration: duration(d),
    fields: d.fields.map(field),
    policies: d.policies.map(({ id, source }) => ({ id, source })),
    pending_for: ofSpan(d.pendingFor),
    remind_every: ofSpan(d.remindEvery),
    claim_within: ofSpan(d.claimWithin),
    starts_within: ofSpan(d.startsWithin),
    order: whole(d.order),
    deny_when: d.denyWhen,
    same_person: d.samePerson,
    decide_in: d.decideIn,
    delegation: d.delegation,
    email_sign_in: d.emailSignIn,
    show_progress: d.showProgress,
    enabled: d.enabled,
  }
  return JSON.parse(JSON.stringify(input)) as Input // without what is undefined
}

/** A flow as it would be written unchanged. */
export function inputOf(flow: Schemas['Flow']): Input { return toInput(toDraft(flow)) }
