import { useQuery } from '@tanstack/react-query'
import { api, call, everyPage } from '../../api/client'

/** Every flow, to say which of them serve a resource. */
export function useFlows() {
  return useQuery({
    queryKey: ['admin', 'all', 'flows'],
    staleTime: 30_000,
    queryFn: () => everyPage((cursor) => call(api.GET('/v1/admin/flows', { params: { query: { cursor, limit: 100 } } }))),
  })
}
