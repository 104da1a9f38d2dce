import { history } from './history'

export const requests = {
  history,
}
