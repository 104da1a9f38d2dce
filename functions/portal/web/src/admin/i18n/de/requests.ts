import type { AdminMessages } from '../en'

export const requests: AdminMessages['requests'] = {
}
