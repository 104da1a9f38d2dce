import { common } from './en/common'
import { requests } from './en/requests'
import { flows } from './en/flows'
import { documents } from './en/documents'

export const en = { ...common, requests, flows, documents }

export type AdminMessages = typeof en
