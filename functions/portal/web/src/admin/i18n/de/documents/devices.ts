import type { AdminMessages } from '../../en'

export const devices: AdminMessages['documents']['devices'] = {
}
