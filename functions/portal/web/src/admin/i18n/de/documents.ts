import type { AdminMessages } from '../en'

export const documents: AdminMessages['documents'] = {
}
