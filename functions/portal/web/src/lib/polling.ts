// Reading again and again: often while things happen, seldom while nothing does,
// and not at all in a hidden tab. An unchanged answer costs an empty 304.
import { QueryClient, useQuery, type Query, type QueryKey } from '@tanstack/react-query'
import { asApiError, type ApiError } from '../api/problem'
import { untilNextLook } from './pace'

interface Seen { data: unknown; since: number; read: number; failures: number; failed: number }

const seen = new WeakMap<Query, Seen>()

/** Since when a query's data has been what it is, and how often reading it has failed in a row. */
function standing(query: Query): Seen {
  const { data, dataUpdateCount: read, errorUpdateCount: failed } = query.state
  let s = seen.get(query)
  if (!s || s.data !== data) {
    s = { data, since: Date.now(), read, failures: 0, failed }
    seen.set(query, s)
  }
  if (s.read !== read) [s.read, s.failures, s.failed] = [read, 0, failed]
  else if (s.failed !== failed) [s.failures, s.failed] = [s.failures + failed - s.failed, failed]
  return s
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
    // What has failed shows a button; it is not to go away under a finger.
    void client.invalidateQueries({ predicate: (query) => query.state.data !== undefined })
  }
  const signs = ['pointerup', 'keyup', 'wheel'] as const
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
      const { since, failures } = standing(query as unknown as Query)
      const { error } = query.state
      const e = asApiError(error)
      return untilNextLook(every, Date.now() - since, failures, error ? (e?.passing ?? false) : true, e?.retryAfter)
    },
  })
}

// A limit that does not say when it is over is not pushed at.
function worthRetrying(error: ApiError | undefined) {
  return error !== undefined && error.passing && (error.status !== 429 || error.retryAfter !== undefined)
}

export function newQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1000,
        retry: (failures, error) => failures < 2 && worthRetrying(asApiError(error)),
        retryDelay: (failures, error) => Math.max((asApiError(error)?.retryAfter ?? 0) * 1000, 1000 * 2 ** failures),
        refetchOnWindowFocus: 'always',
      },
      mutations: { retry: false, networkMode: 'always' }, // offline, a move fails at once and is not made later unseen
    },
  })
}
