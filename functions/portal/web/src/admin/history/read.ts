import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, call, everyPage, type Schemas } from '../../api/client'
import { useRequest } from '../../api/queries'
import { verify, type Verdict } from './verify'

const mostPages = 100 // of 100 events

/** Reads one page of a history: `(cursor) => call(api.GET('/v1/…/events', {params: {…, query: {cursor, limit: 100}}}))`. */
export type ReadHistory = (cursor?: string) => Promise<Schemas['EventPage']>

/**
 * A whole history, the oldest first. `subject` is what it is of: "request:ID", "flow:ID", "settings". With the `version`
 * of what it is of, it is read anew for each.
 */
export function useHistory(subject: string, read: ReadHistory, version?: number) {
  return useQuery({
    queryKey: ['admin', 'history', subject, version],
    queryFn: () => everyPage(read, mostPages),
    placeholderData: (before: Schemas['Event'][] | undefined, query) => (query?.queryKey[2] === subject ? before : undefined),
  })
}

/** The whole history of a request, as it grows. */
export function useRequestHistory(id: string) {
  const { data } = useRequest(id)
  return useHistory(
    `request:${id}`,
    (cursor) => call(api.GET('/v1/requests/{id}/events', { params: { path: { id }, query: { cursor, limit: 100 } } })),
    data?.version,
  )
}

/** What came of checking a history; undefined while it is checked. */
export function useVerdict(events: Schemas['Event'][], subject?: string): Verdict | undefined {
  const [checked, setChecked] = useState<{ events: Schemas['Event'][]; verdict: Verdict }>()
  useEffect(() => {
    let asked = true
    void verify(events, subject).then((verdict) => { if (asked) setChecked({ events, verdict }) })
    return () => { asked = false }
  }, [events, subject])
  return checked?.events === events ? checked.verdict : undefined
}
