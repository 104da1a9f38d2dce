// What the portal reads, and under which keys. Admin's own reads stand in admin/.
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { lookSharp, usePolled } from '../lib/polling'
import { api, call, everyPage, type Schemas } from './client'

const keys = {
  me: ['me'],
  catalog: (kind: Schemas['ResourceKind']) => ['catalog', kind],
  mine: ['requests', 'mine'],
  tasks: ['requests', 'to_decide'],
  request: (id: string) => ['request', id],
  access: ['access'],
} as const

export function useMe() {
  return usePolled({ key: keys.me, read: () => call(api.GET('/v1/me')), every: [30_000, 120_000] })
}

/** Everything of a kind that the person may ask for. */
export function useCatalog(kind: Schemas['ResourceKind']) {
  return usePolled({
    key: keys.catalog(kind),
    read: () => everyPage((cursor) => call(api.GET('/v1/catalog', { params: { query: { kind, cursor, limit: 100 } } }))),
  })
}

/** The person's own requests, the newest first. */
export function useMine() {
  return usePolled({
    key: keys.mine,
    read: () => everyPage((cursor) => call(api.GET('/v1/requests', { params: { query: { view: 'mine', cursor, limit: 100 } } })), 3),
  })
}

/** The requests that wait for the person, the newest first. */
export function useTasks(enabled = true) {
  return usePolled({
    key: keys.tasks,
    read: () => everyPage((cursor) => call(api.GET('/v1/requests', { params: { query: { view: 'to_decide', cursor, limit: 100 } } }))),
    every: [3000, 20_000], // several people may have the same task before them
    enabled,
  })
}

export function useRequest(id: string, enabled = true) {
  return usePolled({
    key: keys.request(id),
    read: () => call(api.GET('/v1/requests/{id}', { params: { path: { id } } })),
    every: [3000, 20_000],
    enabled,
  })
}

/** What the person holds now. */
export function useAccess() {
  return usePolled({
    key: keys.access,
    read: () => everyPage((cursor) => call(api.GET('/v1/access', { params: { query: { cursor, limit: 100 } } }))),
  })
}

export function useExplanation(id: string, enabled = true) {
  return useQuery({
    queryKey: ['explanation', id],
    queryFn: () => call(api.GET('/v1/requests/{id}/explanation', { params: { path: { id } } })),
    enabled,
  })
}

/** Takes a request as a move has answered it, and looks at everything that it may have changed. */
async function took(client: QueryClient, request?: Schemas['Request']) {
  if (request) client.setQueryData(keys.request(request.id), request)
  lookSharp(client)
  await Promise.all(
    [['requests'], ['request'], ['catalog'], ['access'], ['me'], ['explanation'], ['admin']].map((queryKey) => client.invalidateQueries({ queryKey })),
  )
}

export function useTook() {
  const client = useQueryClient()
  return (request?: Schemas['Request']) => took(client, request)
}
