import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { asApiError } from '../../api/problem'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/Field'
import { ProblemNotice } from '../../ui/Notice'
import { useWrite } from '../document'
import { useAdminT } from '../messages'
import { copyFlow, flowKey, type Flow } from './calls'

interface Props {
  flow: Flow
  /** Whether something is not saved: then the copy is made, and this flow stays open. */
  unsaved: boolean
}

/** Copies a flow under another id, and opens the copy. */
export function Copying({ flow, unsaved }: Props) {
  const { flows: { copying } } = useAdminT()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{copying.action}</Button>
      {open && <CopyDialog flow={flow} unsaved={unsaved} onClose={() => setOpen(false)} />}
    </>
  )
}

function CopyDialog({ flow, unsaved, onClose }: Props & { onClose: () => void }) {
  const t = useT()
  const { document, flows: { copying, ...words } } = useAdminT()
  const client = useQueryClient()
  const [, go] = useLocation()
  const [id, setId] = useState(`${flow.id}-copy`.slice(0, 63))
  const [name, setName] = useState(copying.name(flow.name))
  const copy = useWrite(() => copyFlow(flow.id, { id, name: name.trim() || undefined }), {
    said: copying.done,
    done: (written) => {
      client.setQueryData(['admin', ...flowKey(id)], written)
      if (unsaved) onClose()
      else go(`/admin/flows/${id}`)
    },
  })
  const problem = asApiError(copy.error)
  const taken = problem?.code === 'already_exists'
  const idError = id === 'new' ? words.idReserved : taken ? words.idTaken : problem?.at('/id')
  return (
    <Dialog title={copying.title(flow.name)} onClose={onClose}>
      <form className="stack" noValidate onSubmit={(event) => {
        event.preventDefault()
        if (!copy.isPending && id !== 'new') copy.mutate(undefined)
      }}>
        <p className="quiet">{copying.lead}</p>
        {!taken && <ProblemNotice error={copy.error} shown={['/id', '/name']} />}
        <TextField label={document.name} value={name} onChange={(event) => setName(event.target.value)} required error={problem?.at('/name')} maxLength={100} />
        <TextField label={document.id} hint={document.idHint} value={id} onChange={(event) => setId(event.target.value.trim())} required error={idError} autoCapitalize="none" spellCheck={false} autoComplete="off" maxLength={63} />
        <div className="line">
          <Button look="primary" type="submit" busy={copy.isPending}>{copying.go}</Button>
          <Button look="bare" onClick={onClose}>{t.actions.cancel}</Button>
        </div>
      </form>
    </Dialog>
  )
}
