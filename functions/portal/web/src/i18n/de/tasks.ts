import type { Messages } from '../en'

export const tasks: Messages['tasks'] = {
  title: 'tasks',
}
