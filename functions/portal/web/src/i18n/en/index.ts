import { common } from './common'
import { request } from './request'
import { requests } from './requests'
import { applications } from './applications'
import { tasks } from './tasks'
import { integrations } from './integrations'
import { away } from './away'

export const messages = { ...common, request, requests, applications, tasks, integrations, away }

export type Messages = typeof messages
