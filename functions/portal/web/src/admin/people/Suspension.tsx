import type { Schemas } from '../../api/client'
import { useMe } from '../../api/queries'
import type { Versioned } from '../document'
import { useAdminT } from '../messages'
import { Confirm } from '../ui/Confirm'
import { Section } from '../ui/Section'
import { personForm } from './personForm'
import { putPerson } from './usePersonEditor'

/** Suspends someone, or takes them back. What is typed above is not saved by it. A question is over once someone else was faster. */
export function Suspension({ read }: { read: Versioned<Schemas['Person']> }) {
  const t = useAdminT().documents.people
  const me = useMe().data
  const { id, name, status } = read.data
  const to = (next: Schemas['PersonStatus']) => () => putPerson({ ...personForm(read.data), status: next }, read.etag)
  if (status === 'suspended') {
    return (
      <Section title={t.suspension} lead={t.suspendedLead}>
        <div>
          <Confirm key={status} label={t.reactivate} look="primary" title={t.reactivateTitle(name)} said={t.reactivated(name)} act={to('active')}>
            <p>{t.reactivateWhat}</p>
          </Confirm>
        </div>
      </Section>
    )
  }
  return (
    <Section title={t.suspension} lead={t.suspendLead}>
      <div>
        <Confirm key={status} label={t.suspend} title={t.suspendTitle(name)} said={t.suspendedSaid(name)} act={to('suspended')}>
          <p>{t.suspendWhat}</p>
          {me?.id === id && <p><strong>{t.suspendSelf}</strong></p>}
        </Confirm>
      </div>
    </Section>
  )
}
