import type { Schemas } from '../api/client'

/** What a requester may do with a request of theirs. */
export function RequesterMoves(_: { request: Schemas['Request']; me: Schemas['Me'] }) {
  return null
}
