import type { Schemas } from '../../api/client'
import { given } from '../ui/checks'

export interface PersonForm {
  id: string
  name: string
  email: string
  manager: string
  groups: string[]
  time_zone: string
  locale: string
  status: Schemas['PersonStatus']
}

export const emptyPerson: PersonForm = { id: '', name: '', email: '', manager: '', groups: [], time_zone: '', locale: '', status: 'active' }

export function personForm(person: Schemas['Person']): PersonForm {
  const { id, name, email, manager = '', groups, time_zone = '', locale = '', status } = person
  return { id, name, email, manager, groups, time_zone, locale, status }
}

export function personInput(form: PersonForm): Schemas['PersonInput'] {
  return {
    id: form.id,
    name: form.name.trim(),
    email: form.email.trim(),
    manager: given(form.manager),
    groups: form.groups,
    time_zone: given(form.time_zone),
    locale: given(form.locale),
    status: form.status,
  }
}
