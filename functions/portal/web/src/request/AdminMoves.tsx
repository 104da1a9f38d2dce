import type { Schemas } from '../api/client'

/** What an admin may do beyond what an approver may. */
export function AdminMoves(_: { request: Schemas['Request']; me: Schemas['Me'] }) {
  return null
}
