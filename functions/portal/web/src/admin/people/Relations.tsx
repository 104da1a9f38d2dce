import type { Schemas } from '../../api/client'
import { Details } from '../../request/Details'
import { Loaded } from '../../ui/States'
import { useAdminT } from '../messages'
import { useDirectory } from '../ui/directory'
import { Ref } from '../ui/Ref'
import { Section } from '../ui/Section'

function Refs({ kind, ids }: { kind: 'people' | 'groups' | 'resources' | 'devices'; ids: string[] }) {
  const t = useAdminT().documents.editor
  if (ids.length === 0) return <span className="quiet">{t.nothing}</span>
  return <span className="line">{ids.map((id) => <Ref key={id} kind={kind} id={id} />)}</span>
}

/** What hangs on a person. Nothing of it is written here. */
export function Relations({ person }: { person: Schemas['Person'] }) {
  const t = useAdminT().documents.people
  const directory = useDirectory()
  if (!directory.data) return <Section title={t.relations} lead={t.relationsLead}><Loaded query={directory}>{() => null}</Loaded></Section>
  const { people, resources, devices, whole } = directory.data
  const ids = (all: { id: string }[]) => all.map(({ id }) => id)
  return (
    <Section title={t.relations} lead={whole ? t.relationsLead : t.relationsPart}>
      <Details rows={[
        [t.granted, <Refs key="granted" kind="groups" ids={person.granted_groups ?? []} />],
        [t.manages, <Refs key="manages" kind="people" ids={ids(people.filter(({ manager }) => manager === person.id))} />],
        [t.owns, <Refs key="owns" kind="resources" ids={ids(resources.filter(({ owner }) => owner === person.id))} />],
        [t.devices, <Refs key="devices" kind="devices" ids={ids(devices.filter(({ accounts }) => accounts.some((account) => account.person === person.id)))} />],
      ]} />
    </Section>
  )
}
