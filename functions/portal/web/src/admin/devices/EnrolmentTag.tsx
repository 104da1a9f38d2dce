import type { Schemas } from '../../api/client'
import { useAdminT } from '../messages'
import { Tag } from '../ui/Tag'

const tone = { not_enrolled: 'plain', invited: 'wait', enrolled: 'good', revoked: 'bad' } as const

/** Whether a device is known by its key, and whether it is there just now. */
export function EnrolmentTag({ device }: { device: Schemas['Device'] }) {
  const t = useAdminT().documents.devices
  return (
    <span className="line">
      <Tag tone={tone[device.enrolment]}>{t.states[device.enrolment] ?? device.enrolment}</Tag>
      {device.online !== undefined && (device.online ? <Tag tone="good">{t.online}</Tag> : <Tag>{t.offline}</Tag>)}
    </span>
  )
}
