import type { Messages } from '../en'

export const away: Messages['away'] = {
  title: 'away',
}
