import { useState } from 'react'
import { api, call } from '../../api/client'
import { useT } from '../../i18n'
import { useMove } from '../../lib/move'
import { Button } from '../../ui/Button'
import { Confirm } from './Confirm'
import type { Offered } from './offered'

export function CancelMove({ request, offered }: Offered) {
  const words = useT().request.moves
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const cancel = useMove(
    (id: string) => call(api.POST('/v1/requests/{id}/cancel', { params: { path: { id } } })),
    { said: words.canceled, done: close },
  )
  return (
    <>
      {offered && <Button onClick={() => { cancel.reset(); setOpen(true) }}>{words.cancel}</Button>}
      {open && (
        <Confirm title={words.cancelTitle(request.resource.name ?? request.resource_id)} yes={words.cancel} no={words.keep} busy={cancel.isPending} error={cancel.error} onYes={() => cancel.mutate(request.id)} onClose={close}>
          {words.cancelMore}
        </Confirm>
      )}
    </>
  )
}
