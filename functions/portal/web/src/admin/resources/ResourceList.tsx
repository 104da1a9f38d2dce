import { api, call } from '../../api/client'
import { useAdminT } from '../messages'
import { DocumentList } from '../ui/DocumentList'
import { matches } from '../ui/matches'
import { usePages } from '../ui/Pages'
import { Ref } from '../ui/Ref'
import { Gives } from './Gives'
import { ServedBy } from './ServedBy'

export function ResourceList() {
  const t = useAdminT().documents.resources
  const pages = usePages(['list', 'resources'], (cursor) => call(api.GET('/v1/admin/resources', { params: { query: { cursor, limit: 100 } } })))
  return (
    <DocumentList
      section="resources"
      lead={t.lead}
      create={t.create}
      pages={pages}
      fits={({ id, name, description, owner, kind, connector }, search) =>
        matches(search, id, name, description, owner, t.kinds[kind], ...Object.values(connector) as string[])}
      columns={[
        { head: t.kind, cell: ({ kind }) => t.kinds[kind] ?? kind },
        { head: t.owner, cell: ({ owner }) => owner ? <Ref kind="people" id={owner} /> : <span className="quiet">{t.noOwner}</span> },
        { head: t.connector, cell: ({ connector }) => <Gives connector={connector} /> },
        { head: t.servedBy, cell: ({ id }) => <ServedBy id={id} /> },
      ]}
    />
  )
}
