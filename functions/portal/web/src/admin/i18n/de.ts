import type { AdminMessages } from './en'
import { common } from './de/common'
import { requests } from './de/requests'
import { flows } from './de/flows'
import { documents } from './de/documents'

export const de: AdminMessages = { ...common, requests, flows, documents }
