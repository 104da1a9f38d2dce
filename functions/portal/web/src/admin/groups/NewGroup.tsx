import { useLocation } from 'wouter'
import { useAdminT } from '../messages'
import { NewPage } from '../ui/DocumentPage'
import { GroupFields } from './GroupFields'
import { useGroupEditor } from './useGroupEditor'

export function NewGroup() {
  const t = useAdminT().documents.groups
  const [, go] = useLocation()
  const editor = useGroupEditor(undefined, (group) => go(`/admin/groups/${group.id}`, { replace: true }))
  return <NewPage section="groups" title={t.newTitle} lead={t.membersHint}><GroupFields editor={editor} /></NewPage>
}
