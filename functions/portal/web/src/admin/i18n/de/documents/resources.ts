import type { AdminMessages } from '../../en'

export const resources: AdminMessages['documents']['resources'] = {
}
