import type { AdminMessages } from '../../en'

export const groups: AdminMessages['documents']['groups'] = {
}
