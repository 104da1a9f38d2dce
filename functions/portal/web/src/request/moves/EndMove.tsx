import { useState } from 'react'
import { api, call, type Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { Confirm } from './Confirm'

/** Gives access back, or ends a device's session. */
export function EndMove({ id, resource, offered }: { id: string; resource: Schemas['ResourceRef']; offered: boolean }) {
  const words = useT().request.moves
  const [open, setOpen] = useState(false)
  const end = () => call(api.POST('/v1/requests/{id}/end', { params: { path: { id } } }))
  return (
    <>
      {offered && <Button onClick={() => setOpen(true)}>{words.end[resource.kind]}<span className="hidden"> {resource.name ?? resource.id}</span></Button>}
      {open && (
        <Confirm title={words.endTitle[resource.kind](resource.name ?? resource.id)} yes={words.end[resource.kind]} no={words.back} move={end} said={words.ending} onClose={() => setOpen(false)}>
          {words.endMore}
        </Confirm>
      )}
    </>
  )
}
