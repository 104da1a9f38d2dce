import { useQuery } from '@tanstack/react-query'
import { api, call, everyPage, type Schemas } from '../api/client'
import { useRequest } from '../api/queries'

/** A request's events as of a version, oldest first. */
export function useEvents(id: string, version: number | undefined, enabled = true) {
  return useQuery({
    queryKey: ['request', id, 'events', version],
    queryFn: () => everyPage<Schemas['Event']>((cursor) => call(api.GET('/v1/requests/{id}/events', { params: { path: { id }, query: { cursor, limit: 100 } } }))),
    enabled: enabled && version !== undefined,
    placeholderData: (before: Schemas['Event'][] | undefined, query) => (query?.queryKey[1] === id ? before : undefined), // the same request's, of the version before
    staleTime: Infinity, // a version has one history
  })
}

/** A request's whole history, as it grows. */
export function useHistory(id: string) {
  const request = useRequest(id)
  return useEvents(id, request.data?.version)
}
