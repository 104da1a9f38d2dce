import { useQuery } from '@tanstack/react-query'
import { api, call, everyPage, type Schemas } from '../api/client'
import { usePolled } from '../lib/polling'

/** Whose email it is: null where it is nobody's. */
export function readPersonOf(email: string): Promise<Schemas['PersonRef'] | null> {
  return call(api.GET('/v1/people', { params: { query: { email } } })).then(({ data }) => data[0] ?? null)
}

export function usePersonOf(email: string) {
  return useQuery({ queryKey: ['person of', email], queryFn: () => readPersonOf(email), staleTime: 60_000 })
}

/** Everything of a kind that the caller may ask for on someone's behalf. */
export function useCatalogFor(person: string, kind: Schemas['ResourceKind']) {
  return usePolled({
    key: ['catalog', kind, person],
    read: () => everyPage((cursor) => call(api.GET('/v1/catalog', { params: { query: { kind, for: person, cursor, limit: 100 } } }))),
  })
}
