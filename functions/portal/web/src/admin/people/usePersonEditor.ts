import { api, callWithETag, type Schemas } from '../../api/client'
import { onlyIf, type Versioned } from '../document'
import { useAdminT } from '../messages'
import { checkNamed } from '../ui/checks'
import { useEditor } from '../ui/useEditor'
import { emptyPerson, personForm, personInput, type PersonForm } from './personForm'

export function putPerson(form: PersonForm, etag: string | undefined) {
  return callWithETag(api.PUT('/v1/admin/people/{id}', { params: { path: { id: form.id }, header: onlyIf(etag) }, body: personInput(form) }))
}

/** A person while they are edited; a new one where none is given. */
export function usePersonEditor(read?: Versioned<Schemas['Person']>, done?: (person: Schemas['Person']) => void) {
  const { badId } = useAdminT().documents.editor
  return useEditor({
    key: ['people', read?.data.id ?? 'new'],
    read,
    toForm: personForm,
    empty: emptyPerson,
    fields: ['/id', '/name', '/email', '/manager', '/groups', '/time_zone', '/locale'],
    check: (form) => [
      ...checkNamed(form, !read, badId),
      ...(form.email.trim() === '' ? [{ pointer: '/email', code: 'required', detail: '' }] : []),
    ],
    write: putPerson,
    done,
  })
}
