import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { everyPage, type Schemas } from '../../api/client'
import { verify, type Verdict } from './verify'

const mostPages = 100 // of 100 events

/** Reads one page of a history: `(cursor) => call(api.GET('/v1/…/events', {params: {…, query: {cursor, limit: 100}}}))`. */
export type ReadHistory = (cursor?: string) => Promise<Schemas['EventPage']>

/** A whole history, the oldest first. `subject` is what it is of: "request:ID", "flow:ID", "settings". */
export function useHistory(subject: string, read: ReadHistory) {
  return useQuery({ queryKey: ['admin', 'history', subject], queryFn: () => everyPage(read, mostPages) })
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
