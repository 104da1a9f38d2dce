import type { Schemas } from '../../api/client'
import { useAdminT } from '../messages'
import { Ref } from '../ui/Ref'
import { RefList } from '../ui/RefList'
import { Section } from '../ui/Section'

/** Who is in a group, as far as the API lists them. */
export function Members({ group }: { group: Schemas['Group'] }) {
  const t = useAdminT().documents.groups
  const members = group.members ?? []
  return (
    <Section title={t.members} lead={group.managed ? t.managedHint : t.membersHint}>
      {members.length === 0 ? <p className="quiet">{t.noMembers}</p> : <RefList>{members.map((id) => <Ref key={id} kind="people" id={id} />)}</RefList>}
      {group.has_more && <p className="quiet">{t.moreMembers(members.length)}</p>}
    </Section>
  )
}
