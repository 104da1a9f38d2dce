import { useState } from 'react'
import { api, call, type Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { useMove } from '../../lib/move'
import { Button } from '../../ui/Button'
import { Confirm } from './Confirm'

/** Gives access back, or ends a device's session. */
export function EndMove({ id, resource, offered }: { id: string; resource: Schemas['ResourceRef']; offered: boolean }) {
  const t = useT()
  const words = t.request.moves
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const end = useMove(
    (of: string) => call(api.POST('/v1/requests/{id}/end', { params: { path: { id: of } } })),
    { said: words.ending, done: close },
  )
  return (
    <>
      {offered && <Button onClick={() => { end.reset(); setOpen(true) }}>{words.end[resource.kind]}</Button>}
      {open && (
        <Confirm title={words.endTitle[resource.kind](resource.name ?? resource.id)} yes={words.end[resource.kind]} no={words.back} busy={end.isPending} error={end.error} onYes={() => end.mutate(id)} onClose={close}>
          {words.endMore}
        </Confirm>
      )}
    </>
  )
}
