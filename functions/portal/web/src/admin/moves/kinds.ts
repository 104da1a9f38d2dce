import { api, call, type Schemas } from '../../api/client'

/** The moves that take a reason and nothing else. */
export type Plain = 'revoke' | 'retry' | 'confirmAbsent'
export type Kind = 'override' | Plain

export const kinds: Kind[] = ['override', 'retry', 'confirmAbsent', 'revoke']

const actions: Record<Kind, Schemas['Action']> = { override: 'override', revoke: 'revoke', retry: 'retry', confirmAbsent: 'confirm_absent' }

export function may(request: Schemas['Request'], kind: Kind): boolean { return request.allowed_actions.includes(actions[kind]) }

type Make = (id: string, body: Schemas['RevokeInput']) => Promise<Schemas['Request']>

export const make: Record<Plain, Make> = {
  revoke: (id, body) => call(api.POST('/v1/requests/{id}/revoke', { params: { path: { id } }, body })),
  retry: (id, body) => call(api.POST('/v1/requests/{id}/retry', { params: { path: { id } }, body })),
  confirmAbsent: (id, body) => call(api.POST('/v1/requests/{id}/confirm-absent', { params: { path: { id } }, body })),
}
