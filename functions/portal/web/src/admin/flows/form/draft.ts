// A flow as it is edited, and back.
import type { Schemas } from '../../../api/client'
import { toSpan, type Span } from './span'

type Flow = Schemas['Flow']

/** Keeps an entry of a list itself while others come, go and move. */
export interface Keyed { key: string }

export interface StepDraft extends Keyed {
  approvers: string[]
  needed: 'any' | 'all' | 'count'
  count: string
  fallback: string[]
  escalateAfter: Span
  skipAfter: Span
}

export type ChoiceDraft = Span & Keyed

export interface FieldDraft extends Keyed {
  id: string
  label: string
  required: boolean
  choices: string // one a line
  pattern: string
  message: string
}

export interface PolicyDraft extends Keyed { id: string; source: string }

export interface Draft {
  name: string
  resources: string[]
  visibleTo: string[]
  submitters: string[]
  steps: StepDraft[]
  mode: Schemas['DurationMode']
  choices: ChoiceDraft[]
  max: Span
  extendable: boolean
  extendUpTo: Span
  extendTimes: string
  extendApprovers: string[]
  fields: FieldDraft[]
  policies: PolicyDraft[]
  pendingFor: Span
  remindEvery: Span
  claimWithin: Span
  startsWithin: Span
  order: string
  denyWhen: Schemas['DenyWhen']
  samePerson: Schemas['SamePerson']
  decideIn: Schemas['DecideIn'][]
  delegation: boolean
  emailSignIn: boolean
  showProgress: boolean
  enabled: boolean
}

let keys = 0

/** A key for an entry that is new. Those that were read are numbered. */
export function newKey() { return `new-${++keys}` }

function stepDraft(step: Schemas['FlowStep'], key: string): StepDraft {
  const count = typeof step.needed === 'number'
  return {
    key,
    approvers: step.approvers,
    needed: typeof step.needed === 'number' ? 'count' : step.needed,
    count: count ? String(step.needed) : '2',
    fallback: step.fallback ?? [],
    escalateAfter: toSpan(step.escalate_after, 'days'),
    skipAfter: toSpan(step.skip_after, 'days'),
  }
}

function fieldDraft(field: Schemas['Field'], key: string): FieldDraft {
  return {
    key,
    id: field.id,
    label: field.label,
    required: field.required ?? false,
    choices: (field.choices ?? []).join('\n'),
    pattern: field.pattern ?? '',
    message: field.message ?? '',
  }
}

/** A flow, to be edited. */
export function toDraft(flow: Omit<Flow, 'id' | 'version'>): Draft {
  const { duration } = flow
  return {
    name: flow.name,
    resources: flow.resources,
    visibleTo: flow.visible_to,
    submitters: flow.submitters ?? [],
    steps: flow.steps.map((step, n) => stepDraft(step, String(n))),
    mode: duration.mode,
    choices: (duration.choices ?? []).map((choice, n) => ({ key: String(n), ...toSpan(choice) })),
    max: toSpan(duration.max),
    extendable: duration.extend !== undefined,
    extendUpTo: toSpan(duration.extend?.up_to),
    extendTimes: String(duration.extend?.times ?? 1),
    extendApprovers: duration.extend?.approvers ?? [],
    fields: flow.fields.map((field, n) => fieldDraft(field, String(n))),
    policies: flow.policies.map((policy, n) => ({ key: String(n), ...policy })),
    pendingFor: toSpan(flow.pending_for, 'days'),
    remindEvery: toSpan(flow.remind_every, 'days'),
    claimWithin: toSpan(flow.claim_within, 'days'),
    startsWithin: toSpan(flow.starts_within, 'days'),
    order: String(flow.order),
    denyWhen: flow.deny_when,
    samePerson: flow.same_person,
    decideIn: flow.decide_in,
    delegation: flow.delegation,
    emailSignIn: flow.email_sign_in,
    showProgress: flow.show_progress,
    enabled: flow.enabled,
  }
}

export function newStep(approvers: string[] = []): StepDraft {
  return stepDraft({ approvers, needed: 'any' }, newKey())
}

export function newField(): FieldDraft { return fieldDraft({ id: '', label: '' }, newKey()) }

export function newChoice(): ChoiceDraft { return { key: newKey(), amount: '', unit: 'hours' } }

/** A flow that does not exist yet: as the API fills in what is left out. */
export function newDraft(): Draft {
  return toDraft({
    name: '', resources: [], visible_to: ['everyone'],
    steps: [{ approvers: ['manager'], needed: 'any' }],
    duration: { mode: 'choice', choices: ['PT1H', 'PT8H'] },
    fields: [], policies: [], pending_for: 'P30D', claim_within: 'P1D', order: 100,
    deny_when: 'any', same_person: 'distinct', decide_in: ['portal', 'slack', 'email'],
    delegation: true, email_sign_in: true, show_progress: true, enabled: true,
  })
}
