// Reading again and again: often while things happen, seldom while nothing does,
// and not at all in a hidden tab. An unchanged answer costs an empty 304.
import { keepPreviousData, QueryClient, useQuery, type Query, type QueryKey } from '@tanstack/react-query'
import { asApiError } from '../api/problem'

const seen = new WeakMap<Query, { data: unknown; since: number }>()

/** How long a query's data has been what it is, in milliseconds. */
function unchangedFor(query: Query): number {
  const { data } = query.state
  const before = seen.get(query)
  if (!before || before.data !== data) {
    seen.set(query, { data, since: Date.now() })
    return 0
  }
  return Date.now() - before.since
}

/** Makes every query look often again, as after something the person did. */
export function lookSharp(client: QueryClient) {
  client.getQueryCache().getAll().forEach((query) => seen.delete(query))
}

interface Polled<T> {
  key: QueryKey
  read: () => Promise<T>
  /** Milliseconds between two looks: the shortest, and the longest. */
  every?: [number, number]
  enabled?: boolean
}

/** A query that is kept true. */
export function usePolled<T>({ key, read, every = [3000, 60_000], enabled = true }: Polled<T>) {
  const [shortest, longest] = every
  return useQuery({
    queryKey: key,
    queryFn: read,
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => {
      const failed = query.state.fetchFailureCount
      if (failed > 0) return Math.min(longest, shortest * 2 ** failed)
      return Math.min(longest, Math.max(shortest, unchangedFor(query as unknown as Query) / 5))
    },
  })
}

export function newQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1000,
        retry: (failures, error) => failures < 2 && (asApiError(error)?.passing ?? false),
        retryDelay: (failures, error) => Math.max((asApiError(error)?.retryAfter ?? 0) * 1000, 1000 * 2 ** failures),
        refetchOnWindowFocus: 'always',
      },
      mutations: { retry: false, networkMode: 'always' }, // offline, a move fails at once and is not made later unseen
    },
  })
}
