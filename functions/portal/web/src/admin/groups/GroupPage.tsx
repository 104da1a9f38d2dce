import { useLocation } from 'wouter'
import { api, call, callWithETag, type Schemas } from '../../api/client'
import { onlyIf, useDocument, type Versioned } from '../document'
import { ConfigHistory } from '../history/ConfigHistory'
import { useAdminT } from '../messages'
import { Confirm } from '../ui/Confirm'
import { DocumentPage } from '../ui/DocumentPage'
import { Histories } from '../ui/Histories'
import { Section } from '../ui/Section'
import { Tag } from '../ui/Tag'
import { GroupFields } from './GroupFields'
import { Members } from './Members'
import { useGroupEditor } from './useGroupEditor'

export function GroupPage({ id }: { id: string }) {
  const t = useAdminT().documents.groups
  const query = useDocument(['groups', id], () => callWithETag(api.GET('/v1/admin/groups/{id}', { params: { path: { id } } })))
  return (
    <DocumentPage section="groups" query={query} state={(group) => group.managed && <Tag tone="calm">{t.managed}</Tag>}>
      {(read) => <Group read={read} />}
    </DocumentPage>
  )
}

function Group({ read }: { read: Versioned<Schemas['Group']> }) {
  const { document, documents: { groups: t } } = useAdminT()
  const [, go] = useLocation()
  const editor = useGroupEditor(read)
  const { id, name } = read.data
  const remove = () => call(api.DELETE('/v1/admin/groups/{id}', { params: { path: { id }, header: onlyIf(read.etag) } }))
  return (
    <>
      <GroupFields editor={editor} />
      <Members group={read.data} />
      <Histories>
        <ConfigHistory
          title={document.history} subject={`group:${id}`}
          read={(cursor) => call(api.GET('/v1/admin/groups/{id}/events', { params: { path: { id }, query: { cursor, limit: 100 } } }))}
        />
      </Histories>
      <Section title={document.delete} lead={t.deleteLead}>
        <div>
          <Confirm label={document.delete} title={t.deleteTitle(name)} said={document.deleted} act={remove} done={() => go('/admin/groups', { replace: true })}>
            <p>{t.deleteWhat}</p>
          </Confirm>
        </div>
      </Section>
    </>
  )
}
