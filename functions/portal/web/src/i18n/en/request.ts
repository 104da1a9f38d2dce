import type { Schemas } from '../../api/client'

// A request, wherever it is shown.
export const request = {
  approver: {
    person: 'someone',
    group: (name: string) => `${name} (group)`,
    manager: (name: string) => `${name} (manager)`,
    owner: (name: string) => `${name} (owner)`,
    noManager: 'the manager',
    noOwner: 'the owner',
    admins: 'the admins',
  },
  needs: (who: string, needed: Schemas['Needed'], named: number): string =>
    typeof needed === 'number' && needed > 1 ? `${needed} of ${who}` : needed === 'all' && named > 1 ? `All of ${who}` : who.charAt(0).toUpperCase() + who.slice(1),
  progress: 'Approval progress',
  step: {
    waiting: 'Comes later',
    open: 'Waits for a decision',
    approved: 'Approved',
    denied: 'Denied',
    skipped: 'Skipped',
    closed: 'Not decided',
  } satisfies Record<Schemas['StepStatus'], string> as Record<Schemas['StepStatus'], string>,
  decided: (verdict: Schemas['Verdict'], by: string, onBehalfOf: string | undefined, via: string) => {
    const what = { approve: 'approved', deny: 'denied', ask: 'asked' }[verdict]
    return `${by}${onBehalfOf ? ` (for ${onBehalfOf})` : ''} ${what} ${via}`
  },
}
