import { api, callWithETag, type Schemas } from '../../api/client'
import { onlyIf, type Versioned } from '../document'
import { useAdminT } from '../messages'
import { checkNamed } from '../ui/checks'
import { useEditor } from '../ui/useEditor'
import { checkAccounts, deviceForm, deviceInput, emptyDevice } from './deviceForm'

/** A device while it is edited; a new one where none is given. */
export function useDeviceEditor(read?: Versioned<Schemas['Device']>, done?: (device: Schemas['Device']) => void) {
  const { badId } = useAdminT().documents.editor
  return useEditor({
    key: ['devices', read?.data.id ?? 'new'],
    read,
    toForm: deviceForm,
    empty: emptyDevice,
    fields: ['/id', '/name', '/accounts'],
    check: (form) => [...checkNamed(form, !read, badId), ...checkAccounts(form)],
    write: (form, etag) => callWithETag(api.PUT('/v1/admin/devices/{id}', { params: { path: { id: form.id }, header: onlyIf(etag) }, body: deviceInput(form) })),
    done,
  })
}
