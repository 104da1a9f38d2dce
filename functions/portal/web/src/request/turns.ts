// What a request's history says: pure, so that it is told the same everywhere.
import type { Schemas } from '../api/client'

type Event = Schemas['Event']

const undecided: (Schemas['Status'] | undefined)[] = ['pending', 'needs_info', 'missing_data']

/** Whether nobody has decided a request of this status yet. */
export function isUndecided(status: Schemas['Status']) { return undecided.includes(status) }

/** A detail of an event that is a word: a verdict, a duration, a code. */
export function detail(event: Event, name: string): string | undefined {
  const value: unknown = event.details[name]
  return typeof value === 'string' ? value : undefined
}

/** The name under which the catalogue has a sentence for an event. */
export function sentenceOf(event: Event): string {
  const verdict = detail(event, 'verdict')
  switch (event.type) {
    case 'decided': return verdict ?? event.type
    case 'overridden': return `${verdict}_admin`
    case 'policy_decided': return `${verdict}_policy`
    case 'drifted': return detail(event, 'drift') ?? event.type
    default: return event.type
  }
}

/** The event that settled a request: decided, withdrawn, or left until it expired. */
export function settling(events: Event[]): Event | undefined {
  let found: Event | undefined
  let before: Schemas['Status'] | undefined
  for (const event of events) {
    const ended = event.status !== before && (event.status === 'canceled' || event.status === 'expired')
    if (ended || (undecided.includes(before) && !undecided.includes(event.status))) found = event
    before = event.status
  }
  return found
}

/** The last verdict on more time. */
function lastOnExtension(events: Event[]): Event | undefined {
  return events.findLast((event) => event.type === 'extended' || event.type === 'extension_denied')
}

/** Whether what was said last about a request that is held was why it gets no more time. */
export function saidOnTime(events: Event[]): boolean {
  return events.findLast((event) => event.type === 'overridden' || event.type === 'extension_denied' || event.type === 'retried')?.type === 'extension_denied'
}

/** The last verdict that someone gave. */
function lastOf(events: Event[], person: string): Event | undefined {
  return events.findLast((event) => event.type === 'decided' && event.actor.id === person)
}

/**
 * What became of a task that someone has seen at a version and that waits for
 * them no more: the event that says so, if one does.
 */
export function became(events: Event[], since: number, person: string): Event | undefined {
  const later = events.filter((event) => event.seq > since)
  const settled = settling(events)
  if (settled && settled.seq > since) return settled
  return lastOnExtension(later) ?? lastOf(later, person) ?? later.findLast((event) => event.type === 'skipped') ?? settled
}

export interface Exchange {
  question: Event
  answer?: Event
}

/** Who asked what, and what was answered. An answer is to every open question. */
export function exchanges(events: Event[]): Exchange[] {
  const all: Exchange[] = []
  for (const event of events) {
    if (event.type === 'decided' && detail(event, 'verdict') === 'ask') all.push({ question: event })
    if (event.type === 'answered') {
      for (const one of all) one.answer ??= event
    }
  }
  return all
}

/** The name of someone whom a request mentions; their id where it does not. */
export function nameIn(request: Schemas['Request'], id: string): string {
  const people = [request.requester, request.submitted_by, request.decides_for]
  for (const step of request.steps) {
    people.push(...step.decisions.flatMap((d) => [d.by, d.on_behalf_of]))
    people.push(...step.approvers.filter((a) => a.kind !== 'group').map((a) => a.id === undefined ? undefined : { id: a.id, name: a.name }))
  }
  return people.find((person) => person?.id === id && person.name)?.name ?? id
}
