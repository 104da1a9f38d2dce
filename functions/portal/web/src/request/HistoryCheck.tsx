import { lazy, Suspense } from 'react'
import { Loading } from '../ui/States'

const RequestCheck = lazy(() => import('../admin/history/RequestCheck'))

/** Whether a request's history is whole, for admins. It comes with the admin's pages. */
export function HistoryCheck({ id }: { id: string }) {
  return <Suspense fallback={<Loading rows={1} />}><RequestCheck id={id} /></Suspense>
}
