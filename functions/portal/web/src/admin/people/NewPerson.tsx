import { useLocation } from 'wouter'
import { useAdminT } from '../messages'
import { NewPage } from '../ui/DocumentPage'
import { PersonFields } from './PersonFields'
import { usePersonEditor } from './usePersonEditor'

export function NewPerson() {
  const t = useAdminT().documents.people
  const [, go] = useLocation()
  const editor = usePersonEditor(undefined, (person) => go(`/admin/people/${person.id}`, { replace: true }))
  return <NewPage section="people" title={t.newTitle} lead={t.newLead}><PersonFields editor={editor} /></NewPage>
}
