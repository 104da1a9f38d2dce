// What is held now, and what is being taken away.
import { api, call, everyPage, type Schemas } from '../../api/client'
import { usePolled } from '../../lib/polling'

const mostPages = 20 // of 100

/** The most requests of a status that are read. */
export const mostShown = mostPages * 100

/** Every request of a status, the newest first. */
export function useStatus(status: Schemas['Status'], every: [number, number] = [5000, 60_000]) {
  return usePolled({
    key: ['admin', 'status', status],
    every,
    read: () => everyPage((cursor) => call(api.GET('/v1/requests', { params: { query: { view: 'all', status, limit: 100, cursor } } })), mostPages),
  })
}

/** Those that a search is about: a person or a resource, by name or id. */
export function matching(requests: Schemas['Request'][], search: string): Schemas['Request'][] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return requests.filter(({ requester, resource, resource_id }) => {
    const text = [requester.name, requester.id, resource.name, resource_id].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
