import { lazy, Suspense } from 'react'
import type { Schemas } from '../api/client'

const Moves = lazy(() => import('../admin/moves/Moves'))

/** What an admin may do beyond what an approver may. It comes with the admin's pages. */
export function AdminMoves({ request, me }: { request: Schemas['Request']; me: Schemas['Me'] }) {
  if (!me.features.admin) return null
  return <Suspense><Moves request={request} me={me} /></Suspense>
}
