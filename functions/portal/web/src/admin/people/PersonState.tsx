import type { Schemas } from '../../api/client'
import { useAdminT } from '../messages'
import { Tag } from '../ui/Tag'

/** Whether someone may act, whether mail reaches them, and whether they were ever here. */
export function PersonState({ person }: { person: Schemas['Person'] }) {
  const t = useAdminT().documents.people
  return (
    <span className="line">
      {person.status === 'active' ? <Tag tone="good">{t.active}</Tag> : <Tag tone="bad">{t.suspended}</Tag>}
      {person.email_problem && <Tag tone="wait">{t.noMail}</Tag>}
      {!person.bound && <Tag>{t.neverHere}</Tag>}
    </span>
  )
}
