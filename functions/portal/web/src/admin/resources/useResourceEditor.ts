import { api, callWithETag, type Schemas } from '../../api/client'
import { onlyIf, type Versioned } from '../document'
import { useAdminT } from '../messages'
import { checkNamed } from '../ui/checks'
import { useEditor } from '../ui/useEditor'
import { emptyResource, resourceForm, resourceInput, resourcePointers } from './resourceForm'

/** A resource while it is edited; a new one where none is given. */
export function useResourceEditor(read?: Versioned<Schemas['Resource']>, done?: (resource: Schemas['Resource']) => void) {
  const { badId } = useAdminT().documents.editor
  return useEditor({
    key: ['resources', read?.data.id ?? 'new'],
    read,
    toForm: resourceForm,
    empty: emptyResource,
    fields: resourcePointers,
    check: (form) => checkNamed(form, !read, badId),
    write: (form, etag) => callWithETag(api.PUT('/v1/admin/resources/{id}', { params: { path: { id: form.id }, header: onlyIf(etag) }, body: resourceInput(form) })),
    done,
  })
}
