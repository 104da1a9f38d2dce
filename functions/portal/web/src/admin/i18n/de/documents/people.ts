import type { AdminMessages } from '../../en'

export const people: AdminMessages['documents']['people'] = {
}
