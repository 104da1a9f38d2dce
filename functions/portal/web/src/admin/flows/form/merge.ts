// Two people change one flow.
import type { Schemas } from '../../../api/client'
import { rebase, withTheirs } from '../../ui/rebase'
import { toDraft, type Draft, type StepDraft } from './draft'

type Flow = Schemas['Flow']

const ofDuration = ['mode', 'choices', 'max', 'extendable', 'extendUpTo', 'extendTimes', 'extendApprovers'] as const

/** A draft in which stands as one what has no sense apart. */
function packed(draft: Draft) {
  const duration = Object.fromEntries(ofDuration.map((member) => [member, draft[member]])) as Pick<Draft, (typeof ofDuration)[number]>
  const rest = Object.fromEntries(Object.entries(draft).filter(([member]) => !ofDuration.some((one) => one === member))) as Omit<Draft, keyof typeof duration>
  return { ...rest, duration, steps: draft.steps.map(({ count, ...step }) => ({ ...step, needed: { needed: step.needed, count } })) }
}

function unpacked({ duration, steps, ...rest }: ReturnType<typeof packed>): Draft {
  return { ...rest, ...duration, steps: steps.map((step): StepDraft => ({ ...step, ...step.needed })) }
}

/** `mine` on top of what someone else made of `base`, and what they changed of which nothing is left then. */
export function onTop(base: Draft, theirs: Flow, mine: Draft): { draft: Draft; lost: Draft } {
  const [before, now] = [packed(base), packed(toDraft(theirs))]
  const { form, both } = rebase(before, packed(mine), now)
  return { draft: unpacked(form), lost: unpacked(withTheirs(before, now, both)) }
}
