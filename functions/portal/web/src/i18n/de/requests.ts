import type { Messages } from '../en'

export const requests: Messages['requests'] = {
  title: 'requests',
}
