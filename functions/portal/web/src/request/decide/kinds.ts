import type { Schemas } from '../../api/client'

/** What an approver may do, each with a dialog of its own. */
export type Kind = 'grant' | 'deny' | 'ask' | 'grantMore' | 'denyMore'

interface Rule {
  action: Schemas['Action']
  decision: Schemas['Verdict']
  extension?: true
}

export const kinds: Record<Kind, Rule> = {
  grant: { action: 'approve', decision: 'approve' },
  deny: { action: 'deny', decision: 'deny' },
  ask: { action: 'ask', decision: 'ask' },
  grantMore: { action: 'approve_extension', decision: 'approve', extension: true },
  denyMore: { action: 'deny_extension', decision: 'deny', extension: true },
}

/** What a request allows, in the order in which it is offered. */
export function allowed(request: Schemas['Request']): Kind[] {
  return (Object.keys(kinds) as Kind[]).filter((kind) => request.allowed_actions.includes(kinds[kind].action))
}

/** The duration that an approval is about: what was asked, or what is left of it. */
export function offered(request: Schemas['Request'], kind: Kind): string | undefined {
  if (kind === 'grantMore') return request.extension?.duration
  return kind === 'grant' ? (request.granted_duration ?? request.duration) : undefined
}
