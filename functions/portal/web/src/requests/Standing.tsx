import type { Schemas } from '../api/client'
import { Remaining } from '../ui/Moment'
import { Status } from '../ui/Status'

/** A request's status, with what remains of the time while it is held. */
export function Standing({ request: { status, end_reason: reason, ends_at: endsAt } }: { request: Schemas['Request'] }) {
  return (
    <>
      {status === 'active' && endsAt && <strong><Remaining endsAt={endsAt} /></strong>}
      <Status status={status} reason={reason} />
    </>
  )
}
