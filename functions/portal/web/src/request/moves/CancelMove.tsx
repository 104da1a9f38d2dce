import { useState } from 'react'
import { api, call } from '../../api/client'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { Confirm } from './Confirm'
import type { Offered } from './offered'

export function CancelMove({ request, offered }: Offered) {
  const words = useT().request.moves
  const [open, setOpen] = useState(false)
  const cancel = () => call(api.POST('/v1/requests/{id}/cancel', { params: { path: { id: request.id } } }))
  return (
    <>
      {offered && <Button onClick={() => setOpen(true)}>{words.cancel}</Button>}
      {open && (
        <Confirm title={words.cancelTitle(request.resource.name ?? request.resource_id)} yes={words.cancel} no={words.keep} move={cancel} said={words.canceled} onClose={() => setOpen(false)}>
          {words.cancelMore}
        </Confirm>
      )}
    </>
  )
}
