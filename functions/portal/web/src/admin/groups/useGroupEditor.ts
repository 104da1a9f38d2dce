import { api, callWithETag, type Schemas } from '../../api/client'
import { onlyIf, type Versioned } from '../document'
import { useAdminT } from '../messages'
import { checkNamed } from '../ui/checks'
import { useEditor } from '../ui/useEditor'
import { emptyGroup, groupForm, groupInput } from './groupForm'

/** A group while it is edited; a new one where none is given. */
export function useGroupEditor(read?: Versioned<Schemas['Group']>, done?: (group: Schemas['Group']) => void) {
  const { badId } = useAdminT().documents.editor
  return useEditor({
    key: ['groups', read?.data.id ?? 'new'],
    read,
    toForm: groupForm,
    empty: emptyGroup,
    fields: ['/id', '/name'],
    check: (form) => checkNamed(form, !read, badId),
    write: (form, etag) => callWithETag(api.PUT('/v1/admin/groups/{id}', { params: { path: { id: form.id }, header: onlyIf(etag) }, body: groupInput(form) })),
    done,
  })
}
