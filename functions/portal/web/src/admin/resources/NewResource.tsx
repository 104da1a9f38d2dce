import { useLocation } from 'wouter'
import { useAdminT } from '../messages'
import { NewPage } from '../ui/DocumentPage'
import { ResourceFields } from './ResourceFields'
import { useResourceEditor } from './useResourceEditor'

export function NewResource() {
  const t = useAdminT().documents.resources
  const [, go] = useLocation()
  const editor = useResourceEditor(undefined, (resource) => go(`/admin/resources/${resource.id}`, { replace: true }))
  return <NewPage section="resources" title={t.newTitle} lead={t.newLead}><ResourceFields editor={editor} /></NewPage>
}
