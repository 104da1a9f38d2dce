import { devices } from './documents/devices'
import { editor } from './documents/editor'
import { groups } from './documents/groups'
import { people } from './documents/people'
import { resources } from './documents/resources'
import { settings } from './documents/settings'

export const documents = { editor, resources, people, groups, devices, settings }
