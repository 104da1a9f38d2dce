// A request to be played: what the form has, and what the API is asked.
import type { Schemas } from '../../../api/client'
import { newKey, type Keyed } from '../form/draft'
import { ofSpan, toSpan, type Span } from '../form/span'

export interface ActDraft extends Keyed {
  after: Span
  by: string
  decision: Schemas['Verdict']
}

export interface Trial {
  /** Undefined until someone is chosen. */
  requester?: string
  resource: string
  at: string // local, as a field of the browser has it
  startsAt: string
  duration: string // '' where none is chosen
  answers: Record<string, string>
  acts: ActDraft[]
}

/** A first trial of a flow: its first resource, for its first choice. */
export function newTrial({ resources, duration }: Schemas['Flow']): Trial {
  return {
    resource: resources[0] ?? '', at: '', startsAt: '', answers: {}, acts: [],
    duration: duration.mode === 'choice' ? (duration.choices?.[0] ?? duration.max ?? '') : '',
  }
}

export function newAct(): ActDraft { return { key: newKey(), after: toSpan(undefined), by: '', decision: 'approve' } }

/** The first active person to whom a flow is open. */
export function firstOpen({ visible_to }: Schemas['Flow'], people: Schemas['Person'][]): string {
  const open = people.find(({ id, groups, status }) => status === 'active' && visible_to.some((word) =>
    word === 'everyone' || word === `person:${id}` || groups.some((group) => word === `group:${group}`)))
  return open?.id ?? ''
}

function moment(local: string): string | undefined { return local === '' ? undefined : new Date(local).toISOString() }

/** What the API is asked to play. */
export function toSimulation({ requester = '', resource, at, startsAt, duration, answers, acts }: Trial): Schemas['SimulationInput'] {
  const answered = Object.entries(answers).filter(([, answer]) => answer !== '')
  return {
    requester,
    resource_id: resource,
    at: moment(at),
    starts_at: moment(startsAt),
    duration: duration || undefined,
    answers: answered.length > 0 ? Object.fromEntries(answered) : undefined,
    acts: acts.length > 0 ? acts.map(({ after, by, decision }) => ({ after: ofSpan(after), ...(by && { by, decision }) })) : undefined,
  }
}
