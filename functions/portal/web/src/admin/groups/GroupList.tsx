import { api, call } from '../../api/client'
import { useAdminT } from '../messages'
import { DocumentList } from '../ui/DocumentList'
import { useDirectory } from '../ui/directory'
import { matches } from '../ui/matches'
import { usePages } from '../ui/Pages'
import { Ref } from '../ui/Ref'
import { Tag } from '../ui/Tag'

export function GroupList() {
  const t = useAdminT().documents.groups
  const pages = usePages(['list', 'groups'], (cursor) => call(api.GET('/v1/admin/groups', { params: { query: { cursor, limit: 100 } } })))
  const resources = useDirectory().data?.resources ?? []
  return (
    <DocumentList
      section="groups"
      lead={t.lead}
      create={t.create}
      pages={pages}
      fits={(group, search) => matches(search, group.id, group.name)}
      columns={[{
        head: t.membersCome,
        cell: ({ id }) => {
          const owners = resources.filter((resource) => resource.connector.type === 'group' && resource.connector.group === id)
          if (owners.length === 0) return id === 'admins' ? <Tag>{t.ofAdmins}</Tag> : t.byHand
          return <span className="line"><Tag>{t.managed}</Tag>{owners.map((owner) => <Ref key={owner.id} kind="resources" id={owner.id} />)}</span>
        },
      }]}
    />
  )
}
