import type { Schemas } from '../../api/client'
import { given } from '../ui/checks'

type Connector = Schemas['Connector']

/** The ways in which access is given, as an admin chooses among them. */
export const ways = ['group', 'webhook', 'assignment', 'store-group', 'device'] as const
export type Way = (typeof ways)[number]

/** A connector with every field there is; only those of its way are written. */
export interface ConnectorForm {
  way: Way
  group: string
  url: string
  secret: string
  account: string
  permission_set: string
  group_id: string
  device: string
}

export interface ResourceForm {
  id: string
  kind: Schemas['ResourceKind']
  name: string
  description: string
  owner: string
  url: string
  connector: ConnectorForm
}

const emptyConnector: ConnectorForm = { way: 'group', group: '', url: '', secret: '', account: '', permission_set: '', group_id: '', device: '' }

export const emptyResource: ResourceForm = { id: '', kind: 'resource', name: '', description: '', owner: '', url: '', connector: emptyConnector }

/** The fields of a connector that belong to a way. */
export const fieldsOf: Record<Way, (keyof Omit<ConnectorForm, 'way'>)[]> = {
  group: ['group'],
  webhook: ['url', 'secret'],
  assignment: ['account', 'permission_set'],
  'store-group': ['group_id'],
  device: ['device'],
}

export function wayOf(connector: Connector): Way {
  if (connector.type === 'identity-center') return connector.group_id ? 'store-group' : 'assignment'
  return connector.type as Way
}

function connectorInput(form: ConnectorForm): Connector {
  const { way } = form
  const type = way === 'assignment' || way === 'store-group' ? 'identity-center' : way
  return { type, ...Object.fromEntries(fieldsOf[way].map((field) => [field, given(form[field])])) }
}

export function resourceForm(resource: Schemas['Resource']): ResourceForm {
  const { id, kind, name, description = '', owner = '', url = '', connector } = resource
  const way = wayOf(connector)
  const known = Object.fromEntries(fieldsOf[way].map((field) => [field, connector[field] ?? '']))
  return { id, kind, name, description, owner, url, connector: { ...emptyConnector, ...known, way } }
}

export function resourceInput(form: ResourceForm): Schemas['ResourceInput'] {
  return {
    id: form.id,
    kind: form.kind,
    name: form.name.trim(),
    description: given(form.description),
    owner: given(form.owner),
    url: given(form.url),
    connector: connectorInput(form.connector),
  }
}

/** A kind, with the way of giving access that usually goes with it as long as nothing was typed there. */
export function ofKind(form: ResourceForm, kind: Schemas['ResourceKind']): ResourceForm {
  const { way } = form.connector
  if (fieldsOf[way].some((field) => form.connector[field] !== '')) return { ...form, kind }
  return { ...form, kind, connector: { ...form.connector, way: kind === 'device' ? 'device' : way === 'device' ? 'group' : way } }
}

/** Where findings about a resource have a field. */
export function resourcePointers(form: ResourceForm): string[] {
  return ['/id', '/kind', '/name', '/description', '/owner', '/url', '/connector/type', ...fieldsOf[form.connector.way].map((field) => `/connector/${field}`)]
}
