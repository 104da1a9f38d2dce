import type { Schemas } from '../api/client'
import type { icons } from './icons'

export interface Area {
  name: 'requests' | 'applications' | 'tasks' | 'integrations' | 'away' | 'admin'
  icon: keyof typeof icons
  to: string
}

const all: (Area & { shown: (me: Schemas['Me']) => boolean })[] = [
  { name: 'requests', icon: 'requests', to: '/requests', shown: (me) => me.features.requests },
  { name: 'applications', icon: 'applications', to: '/applications', shown: () => true },
  { name: 'tasks', icon: 'tasks', to: '/tasks', shown: () => true },
  { name: 'integrations', icon: 'integrations', to: '/integrations', shown: (me) => me.features.integrations },
  { name: 'away', icon: 'away', to: '/away', shown: () => true },
  { name: 'admin', icon: 'admin', to: '/admin', shown: (me) => me.features.admin },
]

/** The areas that are there for someone, the first of which is their start. */
export function areasOf(me: Schemas['Me']): Area[] { return all.filter((area) => area.shown(me)) }

/** The page that a path is of: the tabs of Requests are one. */
export function pageOf(path: string): string { return path === '/requests/access' ? '/requests' : path }
