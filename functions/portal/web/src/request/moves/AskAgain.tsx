import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { useCatalog } from '../../api/queries'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { RequestForm } from './RequestForm'

/** Asks again after a denial, from what was asked then, while that is open to the person. */
export function AskAgain({ request }: { request: Schemas['Request'] }) {
  const words = useT().request.moves
  const [open, setOpen] = useState(false)
  const item = useCatalog(request.resource.kind).data?.find((one) => one.id === request.resource_id)
  return (
    <>
      {item && !item.open_request && <Button look="primary" onClick={() => setOpen(true)}>{words.askAgain}</Button>}
      {item && open && <RequestForm item={item} again={request} onClose={() => setOpen(false)} />}
    </>
  )
}
