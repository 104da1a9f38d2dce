// The demo company's flows, and one that has everything.
import type { Schemas } from '../../api/client'

type Flow = Schemas['Flow']

const rest = {
  fields: [], policies: [], pending_for: 'P30D', claim_within: 'P1D', order: 100, deny_when: 'any', same_person: 'distinct',
  decide_in: ['portal', 'slack', 'email'], delegation: true, email_sign_in: true, show_progress: true, enabled: true,
} satisfies Partial<Flow>

export const figma: Flow = {
  ...rest, id: 'figma-flow', version: 1, name: 'Figma', resources: ['figma'], visible_to: ['everyone'],
  steps: [{ approvers: ['owner'], needed: 'any' }], duration: { mode: 'choice', choices: ['PT1H', 'PT8H', 'P7D'] },
}

export const productionDatabase: Flow = {
  ...rest, id: 'prod-db-flow', version: 2, name: 'Production database', resources: ['prod-db'], visible_to: ['group:engineering'],
  steps: [{ approvers: ['manager'], needed: 'any' }, { approvers: ['group:security'], needed: 2 }],
  duration: { mode: 'choice', choices: ['PT1H', 'PT8H'] },
  fields: [{ id: 'ticket', label: 'Ticket', required: true, pattern: '^[A-Z]+-[0-9]+$' }],
}

export const company: Flow[] = [
  figma,
  productionDatabase,
  { ...rest, id: 'github-flow', version: 1, name: 'GitHub', resources: ['github'], visible_to: ['group:engineering'],
    steps: [{ approvers: ['admins'], needed: 'any' }], duration: { mode: 'none' }, decide_in: ['portal'] },
  { ...rest, id: 'staging-flow', version: 1, name: 'Staging', resources: ['staging'], visible_to: ['group:engineering'],
    steps: [{ approvers: ['manager'], needed: 'any' }], duration: { mode: 'fixed', choices: ['PT2M'] } },
  { ...rest, id: 'finance-flow', version: 1, name: 'Finance', resources: ['finance'], visible_to: ['group:finance'],
    steps: [{ approvers: ['admins'], needed: 'any' }], duration: { mode: 'choice', choices: ['PT8H'] } },
  { ...rest, id: 'ana-macbook-flow', version: 1, name: 'Ana’s MacBook', resources: ['ana-macbook'], visible_to: ['person:ana'],
    steps: [{ approvers: ['admins'], needed: 'any' }], duration: { mode: 'choice', choices: ['PT1H', 'PT4H', 'PT8H'] } },
  { ...rest, id: 'gus-thinkpad-flow', version: 1, name: 'Gus’s ThinkPad', resources: ['gus-thinkpad'], visible_to: ['person:gus'],
    steps: [{ approvers: ['admins'], needed: 'any' }], duration: { mode: 'choice', choices: ['PT1H', 'PT4H', 'PT8H'] } },
]

export const everything: Flow = {
  id: 'everything', version: 7, name: 'Everything', resources: ['prod-db', 'staging'], visible_to: ['group:engineering', 'person:fay'],
  submitters: ['group:design'],
  steps: [
    { approvers: ['manager', 'owner'], needed: 'all' },
    { approvers: ['group:security', 'person:eli'], needed: 2, fallback: ['admins'], escalate_after: 'P1D', skip_after: 'P2DT12H' },
  ],
  duration: { mode: 'choice', choices: ['PT1H30M', 'PT8H'], max: 'P1D', extend: { up_to: 'PT45M', times: 3, approvers: ['manager'] } },
  fields: [
    { id: 'ticket', label: 'Ticket', required: true, pattern: '[A-Z]+-[0-9]+', message: 'Such as LK-42' },
    { id: 'region', label: 'Region', required: false, choices: ['EU', 'US'] },
  ],
  policies: [{ id: 'night', source: 'forbid (principal, action, resource) when { context.hour < 6 };' }],
  pending_for: 'P14D', remind_every: 'PT4H', claim_within: 'PT12H', starts_within: 'P30D', order: 10, deny_when: 'unreachable',
  same_person: 'carry', decide_in: ['portal'], delegation: false, email_sign_in: false, show_progress: false, enabled: false,
}
