// Reading again and again: often while things happen, seldom while nothing does,
// and not at all in a hidden tab. An unchanged answer costs an empty 304.
import { QueryClient, useQuery, type Query, type QueryKey } from '@tanstack/react-query'
import { asApiError } from '../api/problem'
import { untilNextLook } from './pace'

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

const idle = 20_000 // milliseconds

/**
 * Looks at once when the person is back at a page that they had left alone, and
 * that was therefore looked at seldom. Answers how to stop.
 */
export function lookWhenBack(client: QueryClient): () => void {
  let last = Date.now()
  const here = () => {
    const away = Date.now() - last
    last = Date.now()
    if (away < idle) return
    lookSharp(client)
    void client.invalidateQueries()
  }
  const signs = ['pointerdown', 'keydown', 'wheel'] as const
  signs.forEach((sign) => addEventListener(sign, here, { passive: true, capture: true }))
  return () => signs.forEach((sign) => removeEventListener(sign, here, { capture: true }))
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
  return useQuery({
    queryKey: key,
    queryFn: read,
    enabled,
    refetchInterval: (query) => {
      const { error, fetchFailureCount } = query.state
      const e = asApiError(error)
      return untilNextLook(every, unchangedFor(query as unknown as Query), fetchFailureCount, error ? (e?.passing ?? false) : true, e?.retryAfter)
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
      mutations: { retry: false },
    },
  })
}
