import type { AdminMessages } from '../../en'

export const settings: AdminMessages['documents']['settings'] = {
}
