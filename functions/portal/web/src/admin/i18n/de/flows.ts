import type { AdminMessages } from '../en'

export const flows: AdminMessages['flows'] = {
}
