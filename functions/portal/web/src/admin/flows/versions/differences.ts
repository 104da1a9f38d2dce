// What differs between two versions of a flow, member by member and in words.
import type { Schemas } from '../../../api/client'
import { same } from '../../ui/rebase'
import type { FlowWords } from '../words'

type Input = Schemas['FlowInput']

export interface Change {
  what: string
  before?: string
  after?: string
  /** The words are a text to be read line by line. */
  code?: boolean
}

type Said = string | undefined

/** Says of two versions of something what differs, if anything does. */
function compare(what: string, before: Said, after: Said, code = false): Change[] {
  return before === after ? [] : [{ what, before, after, ...(code && { code }) }]
}

/** What of two lists is in one alone. */
function lists(what: string, before: string[] = [], after: string[] = [], say: (word: string) => string, join: (words: string[]) => string): Change[] {
  const only = (a: string[], b: string[]) => a.filter((word) => !b.includes(word)).map(say)
  const [gone, come] = [only(before, after), only(after, before)]
  if (gone.length === 0 && come.length === 0) return []
  return [{ what, before: gone.length > 0 ? join(gone) : undefined, after: come.length > 0 ? join(come) : undefined }]
}

function whole(step: Schemas['FlowStep'], w: FlowWords): string { return [w.step(step), w.waits(step)].filter(Boolean).join('; ') }

function steps(before: Input['steps'], after: Input['steps'], w: FlowWords): Change[] {
  const { t } = w
  let start = 0
  while (start < Math.min(before.length, after.length) && same(before[start], after[start])) start++
  let end = 0
  while (end < Math.min(before.length, after.length) - start && same(before.at(-1 - end), after.at(-1 - end))) end++
  const span = (d: Said) => (d === undefined ? t.change.never : w.span(d))
  const changes: Change[] = []
  for (let n = start; n < Math.max(before.length, after.length) - end; n++) {
    const [a, b] = [n < before.length - end ? before[n] : undefined, n < after.length - end ? after[n] : undefined]
    if (!a || !b) {
      changes.push({ what: t.step.title(n + 1), before: a && whole(a, w), after: b && whole(b, w) })
      continue
    }
    const named = (what: string) => t.change.step(n + 1, what)
    changes.push(
      ...lists(named(t.step.approvers), a.approvers, b.approvers, w.who, w.list),
      ...compare(named(t.step.needed), w.needed(a.needed), w.needed(b.needed)),
      ...lists(named(t.step.fallback), a.fallback, b.fallback, w.who, w.list),
      ...compare(named(t.step.escalateAfter), span(a.escalate_after), span(b.escalate_after)),
      ...compare(named(t.step.skipAfter), span(a.skip_after), span(b.skip_after)),
    )
  }
  return changes
}

function duration(before: Schemas['DurationRule'], after: Schemas['DurationRule'], w: FlowWords): Change[] {
  const { t } = w
  const extension = ({ extend }: Schemas['DurationRule']) => {
    if (!extend) return t.extension.none
    const who = extend.approvers ? ` (${w.audience(extend.approvers)})` : ''
    return t.duration.extendable(extend.times, w.span(extend.up_to)) + who
  }
  return [
    ...compare(t.list.duration, w.duration(before), w.duration(after)),
    ...compare(t.extension.label, extension(before), extension(after)),
  ]
}

/** Entries that have an id, one against the other. */
function byId<T extends { id: string }>(before: T[] = [], after: T[] = [], what: (entry: T) => string, say: (entry: T) => string, code = false): Change[] {
  const ids = [...new Set([...before, ...after].map((entry) => entry.id))]
  return ids.flatMap((id) => {
    const [a, b] = [before, after].map((list) => list.find((entry) => entry.id === id))
    return compare(what((b ?? a) as T), a && say(a), b && say(b), code)
  })
}

function rules(before: Input, after: Input, w: FlowWords): Change[] {
  const { t } = w
  const { rules: r, change } = t
  const yes = (is: boolean | undefined) => (is ?? true ? change.yes : change.no)
  const span = (d: Said, otherwise: string) => (d === undefined ? otherwise : w.span(d))
  return [
    ...compare(r.pendingFor, span(before.pending_for, change.default), span(after.pending_for, change.default)),
    ...compare(r.remindEvery, span(before.remind_every, change.never), span(after.remind_every, change.never)),
    ...lists(r.decideIn, before.decide_in, after.decide_in, (via) => r.via[via as Schemas['DecideIn']], w.list),
    ...compare(r.showProgress, yes(before.show_progress), yes(after.show_progress)),
    ...compare(r.delegation, yes(before.delegation), yes(after.delegation)),
    ...compare(r.emailSignIn, yes(before.email_sign_in), yes(after.email_sign_in)),
    ...compare(r.denyWhen, before.deny_when && r.deny[before.deny_when], after.deny_when && r.deny[after.deny_when]),
    ...compare(r.samePerson, before.same_person && r.person[before.same_person], after.same_person && r.person[after.same_person]),
    ...compare(r.claimWithin, span(before.claim_within, change.default), span(after.claim_within, change.default)),
    ...compare(r.startsWithin, span(before.starts_within, change.atOnce), span(after.starts_within, change.atOnce)),
    ...compare(r.order, String(before.order ?? change.default), String(after.order ?? change.default)),
  ]
}

function field(entry: Schemas['Field'], { t, list }: FlowWords): string {
  return [
    `${entry.label} (${entry.id})`,
    entry.required ? t.field.isRequired : t.field.isOptional,
    entry.choices && t.change.oneOf(list(entry.choices)),
    entry.pattern && t.change.pattern(entry.pattern),
    entry.message && `“${entry.message}”`,
  ].filter(Boolean).join(', ')
}

/** Everything that differs. */
export function differences(before: Input, after: Input, w: FlowWords): Change[] {
  const { t } = w
  const yes = (is: boolean | undefined) => (is ?? true ? t.change.yes : t.change.no)
  return [
    ...compare(t.name, before.name, after.name),
    ...lists(t.resources, before.resources, after.resources, w.resource, w.list),
    ...lists(t.visibleTo, before.visible_to, after.visible_to, w.who, w.list),
    ...lists(t.submitters, before.submitters, after.submitters, w.who, w.list),
    ...compare(t.enabledBox, yes(before.enabled), yes(after.enabled)),
    ...steps(before.steps, after.steps, w),
    ...duration(before.duration, after.duration, w),
    ...byId(before.fields, after.fields, (entry) => t.change.field(entry.label), (entry) => field(entry, w)),
    ...rules(before, after, w),
    ...byId(before.policies, after.policies, (entry) => t.change.policy(entry.id), (entry) => entry.source, true),
  ]
}
