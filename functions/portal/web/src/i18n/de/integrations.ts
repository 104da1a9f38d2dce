import type { Messages } from '../en'

export const integrations: Messages['integrations'] = {
  title: 'integrations',
}
