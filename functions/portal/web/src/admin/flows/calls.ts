// The API's calls about flows, and under which keys they are read.
import { api, call, callWithETag, type Schemas } from '../../api/client'
import { onlyIf, useDocument } from '../document'
import type { ReadHistory } from '../history/read'
import { usePages } from '../ui/Pages'

export type Flow = Schemas['Flow']

export const flowKey = (id: string) => ['flow', id]

export function useFlows() {
  return usePages(['flows'], (cursor) => call(api.GET('/v1/admin/flows', { params: { query: { cursor, limit: 50 } } })))
}

export function readFlow(id: string) {
  return callWithETag(api.GET('/v1/admin/flows/{id}', { params: { path: { id } } }))
}

export function useFlow(id: string) { return useDocument(flowKey(id), () => readFlow(id)) }

/** Writes a flow: a new one, or the next version of what was read. */
export function writeFlow(id: string, etag: string | undefined, body: Schemas['FlowInput']) {
  return callWithETag<Flow>(api.PUT('/v1/admin/flows/{id}', { params: { path: { id }, header: onlyIf(etag) }, body }))
}

/** The flow as it is listed, switched on or off. */
export function writeEnabled({ id, version, warnings: _, ...input }: Flow, enabled: boolean) {
  return writeFlow(id, `"${version}"`, { ...input, enabled })
}

export function deleteFlow(flow: Flow) {
  return call(api.DELETE('/v1/admin/flows/{id}', { params: { path: { id: flow.id }, header: { 'If-Match': `"${flow.version}"` } } }))
}

export function copyFlow(id: string, body: Schemas['CopyInput']) {
  return callWithETag<Flow>(api.POST('/v1/admin/flows/{id}/copy', { params: { path: { id } }, body }))
}

export function readVersion(id: string, version: number) {
  return call(api.GET('/v1/admin/flows/{id}/versions/{version}', { params: { path: { id, version } } }))
}

/** One page of a flow's history. */
export function readHistory(id: string): ReadHistory {
  return (cursor) => call(api.GET('/v1/admin/flows/{id}/events', { params: { path: { id }, query: { cursor, limit: 100 } } }))
}

export function simulate(id: string, body: Schemas['SimulationInput']) {
  return call(api.POST('/v1/admin/flows/{id}/simulate', { params: { path: { id } }, body }))
}
