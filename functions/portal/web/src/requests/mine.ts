import type { Schemas } from '../api/client'

type Request = Schemas['Request']

const over: Schemas['Status'][] = ['ended', 'denied', 'canceled', 'expired']

/** Whether nothing can come of a request any more. */
export function isOver(request: Request): boolean { return over.includes(request.status) }

/**
 * The requests to show with an item of the catalog: all that are under way, the
 * newest first, or else the last one. `mine` has the newest first.
 */
export function requestsFor(item: Schemas['CatalogItem'], mine: Request[]): Request[] {
  const all = mine.filter((request) => request.resource_id === item.id)
  const underWay = all.filter((request) => !isOver(request))
  return underWay.length > 0 ? underWay : all.slice(0, 1)
}

/** The requests that are under way for what the catalog does not offer any more: they live on, and may be followed. */
export function notOffered(items: Schemas['CatalogItem'][], mine: Request[]): Request[] {
  return mine.filter((request) => !isOver(request) && !items.some(({ id }) => id === request.resource_id))
}

/** Whether a request waits for something that its requester does. */
export function isMyTurn(request: Request): boolean {
  return request.allowed_actions.includes('answer') || request.allowed_actions.includes('start')
}
