import type { AdminMessages } from '../en'
import { history } from './history'

export const requests: AdminMessages['requests'] = {
  history,
}
