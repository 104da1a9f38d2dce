import { useState } from 'react'
import { api, call, type Schemas } from '../../api/client'
import { Details } from '../../request/Details'
import { Button } from '../../ui/Button'
import { Moment } from '../../ui/Moment'
import { ProblemNotice } from '../../ui/Notice'
import { useWrite } from '../document'
import { useAdminT } from '../messages'
import { Confirm } from '../ui/Confirm'
import { Section } from '../ui/Section'
import { Invitation } from './Invitation'

/** How a device comes to be known by its key, and how it ceases to be. */
export function Enrolment({ device }: { device: Schemas['Device'] }) {
  const t = useAdminT().documents.devices
  const { id, name, enrolment, enrolled_at, seen_at } = device
  const [token, setToken] = useState<Schemas['Invitation']>()
  const invite = useWrite(() => call(api.POST('/v1/admin/devices/{id}/enrolment', { params: { path: { id } } })), { said: t.invited, done: setToken })
  const revoke = () => call(api.DELETE('/v1/admin/devices/{id}/enrolment', { params: { path: { id } } }))
  return (
    <Section title={t.enrolment} lead={t.enrolmentHints[enrolment]}>
      <Details rows={[
        [t.enrolledAt, enrolled_at && <Moment at={enrolled_at} />],
        [t.seenAt, seen_at && <Moment at={seen_at} />],
      ]} />
      {token && <Invitation id={id} invitation={token} />}
      <ProblemNotice error={invite.error} />
      <div className="line">
        <Button onClick={() => invite.mutate(undefined)} busy={invite.isPending}>{token || enrolment === 'invited' ? t.inviteAgain : t.invite}</Button>
        {(enrolment === 'enrolled' || enrolment === 'invited') && (
          <Confirm label={t.revoke} title={t.revokeTitle(name)} said={t.revoked} act={revoke} done={() => setToken(undefined)}>
            <p>{t.revokeWhat}</p>
          </Confirm>
        )}
      </div>
    </Section>
  )
}
