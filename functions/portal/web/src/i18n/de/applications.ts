import type { Messages } from '../en'

export const applications: Messages['applications'] = {
  title: 'applications',
}
