import { useLocation } from 'wouter'
import { api, call, callWithETag, type Schemas } from '../../api/client'
import { onlyIf, useDocument, type Versioned } from '../document'
import { ConfigHistory } from '../history/ConfigHistory'
import { useAdminT } from '../messages'
import { Confirm } from '../ui/Confirm'
import { DocumentPage } from '../ui/DocumentPage'
import { Histories } from '../ui/Histories'
import { Section } from '../ui/Section'
import { ResourceFields } from './ResourceFields'
import { ServedBy } from './ServedBy'
import { useResourceEditor } from './useResourceEditor'

export function ResourcePage({ id }: { id: string }) {
  const query = useDocument(['resources', id], () => callWithETag(api.GET('/v1/admin/resources/{id}', { params: { path: { id } } })))
  return <DocumentPage section="resources" query={query}>{(read) => <Resource read={read} />}</DocumentPage>
}

function Resource({ read }: { read: Versioned<Schemas['Resource']> }) {
  const { document, documents: { resources: t } } = useAdminT()
  const [, go] = useLocation()
  const editor = useResourceEditor(read)
  const { id, name } = read.data
  const remove = () => call(api.DELETE('/v1/admin/resources/{id}', { params: { path: { id }, header: onlyIf(read.etag) } }))
  return (
    <>
      <ResourceFields editor={editor} />
      <Section title={t.servedBy} lead={t.servedByLead}><ServedBy id={id} /></Section>
      <Histories>
        <ConfigHistory
          title={document.history} subject={`resource:${id}`}
          read={(cursor) => call(api.GET('/v1/admin/resources/{id}/events', { params: { path: { id }, query: { cursor, limit: 100 } } }))}
        />
      </Histories>
      <Section title={document.delete} lead={t.deleteLead}>
        <div>
          <Confirm label={document.delete} title={t.deleteTitle(name)} said={document.deleted} act={remove} done={() => go('/admin/resources', { replace: true })}>
            <p>{t.deleteWhat}</p>
          </Confirm>
        </div>
      </Section>
    </>
  )
}
