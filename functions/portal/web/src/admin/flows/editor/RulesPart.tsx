import { TextField } from '../../../ui/Field'
import type { Schemas } from '../../../api/client'
import { useFlowWords } from '../words'
import { Checks } from './Checks'
import type { Editing } from './edit'
import { useAt } from './findings'
import { More } from './More'
import { Radios } from './Radios'
import { Section } from './Section'
import { SpanField } from './SpanField'
import { Switches } from './Switches'

const vias: Schemas['DecideIn'][] = ['portal', 'slack', 'email']
const lessUsual = ['/order', '/deny_when', '/same_person', '/delegation', '/email_sign_in', '/show_progress', '/claim_within', '/starts_within']

/** What happens while a request waits, and where it is decided. */
export function RulesPart({ draft, edit }: Editing) {
  const { t: { rules, section } } = useFlowWords()
  const order = useAt('/order')
  return (
    <Section words={section.rules}>
      <SpanField label={rules.pendingFor} hint={rules.pendingHint} pointer="/pending_for" value={draft.pendingFor} onChange={(pendingFor) => edit({ pendingFor }, '/pending_for')} />
      <SpanField label={rules.remindEvery} hint={rules.remindHint} pointer="/remind_every" value={draft.remindEvery} onChange={(remindEvery) => edit({ remindEvery }, '/remind_every')} />
      <Checks label={rules.decideIn} pointer="/decide_in" options={vias.map((value) => ({ value, label: rules.via[value] }))} value={draft.decideIn} onChange={(decideIn) => edit({ decideIn }, '/decide_in', '/email_sign_in')} />
      <More label={rules.more} pointers={lessUsual}>
        <Switches draft={draft} edit={edit} />
        <Radios label={rules.denyWhen} value={draft.denyWhen} pointer="/deny_when" onChange={(denyWhen) => edit({ denyWhen }, '/deny_when')} options={(['any', 'unreachable'] as const).map((value) => ({ value, label: rules.deny[value] }))} />
        <Radios label={rules.samePerson} value={draft.samePerson} pointer="/same_person" onChange={(samePerson) => edit({ samePerson }, '/same_person', '/steps')} options={(['distinct', 'carry'] as const).map((value) => ({ value, label: rules.person[value] }))} />
        <SpanField label={rules.claimWithin} hint={rules.claimHint} pointer="/claim_within" value={draft.claimWithin} onChange={(claimWithin) => edit({ claimWithin }, '/claim_within')} />
        <SpanField label={rules.startsWithin} hint={rules.startsHint} pointer="/starts_within" value={draft.startsWithin} onChange={(startsWithin) => edit({ startsWithin }, '/starts_within')} />
        <TextField label={rules.order} hint={rules.orderHint} required type="number" inputMode="numeric" min={0} step={1} value={draft.order} onChange={(event) => edit({ order: event.target.value }, '/order')} {...order} />
      </More>
    </Section>
  )
}
