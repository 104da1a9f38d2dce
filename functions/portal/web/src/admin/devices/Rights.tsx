import type { Schemas } from '../../api/client'
import { useAdminT } from '../messages'
import { Ref } from '../ui/Ref'
import { Section } from '../ui/Section'
import { Table } from '../ui/Table'
import { Tag } from '../ui/Tag'

/** Who has administrator rights on a device, as its agent said last. */
export function Rights({ device: { rights = [], seen_at } }: { device: Schemas['Device'] }) {
  const t = useAdminT().documents.devices
  return (
    <Section title={t.rights} lead={t.rightsLead}>
      {rights.length === 0 ? <p className="quiet">{seen_at ? t.noRights : t.unheard}</p> : (
        <Table
          caption={t.rights}
          rows={rights}
          rowKey={({ account }) => account}
          columns={[
            { head: t.person, cell: ({ person }) => <Ref kind="people" id={person} /> },
            { head: t.account, cell: ({ account }) => <code>{account}</code> },
            { head: t.by, cell: ({ given, foreign }) => <span className="line">{given && <Tag tone="good">{t.given}</Tag>}{foreign && <Tag tone="wait">{t.foreign}</Tag>}</span> },
          ]}
        />
      )}
    </Section>
  )
}
