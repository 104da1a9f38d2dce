import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { asApiError } from '../../api/problem'
import { useT } from '../../i18n'
import { Button, type Look } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Notice, ProblemNotice } from '../../ui/Notice'
import { overtaken, useWrite } from '../document'
import { Vanishing } from './Vanishing'

interface Props {
  /** Of the button on the page, and of the one that does it. */
  label: string
  title: string
  look?: Look
  said: string
  act: () => Promise<unknown>
  done?: () => void
  /** What will come of it. */
  children: ReactNode
}

/** A button for what cannot be undone with another click: it says first what will come of it. */
export function Confirm(props: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Vanishing><Button look={props.look ?? 'danger'} onClick={() => setOpen(true)}>{props.label}</Button></Vanishing>
      {open && <ConfirmDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function ConfirmDialog({ label, title, look = 'danger', said, act, done, children, onClose }: Props & { onClose: () => void }) {
  const t = useT()
  const client = useQueryClient()
  const write = useWrite(act, {
    said,
    done: () => {
      onClose()
      done?.()
    },
  })
  const run = () => write.mutate(undefined, {
    onError: (error) => { // so that the page shows what is there now
      if (overtaken(error)) void client.invalidateQueries({ queryKey: ['admin'] })
    },
  })
  const problem = asApiError(write.error)?.problem
  const used = problem?.code === 'in_use' ? problem.detail : undefined // by what, which only the API can tell
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack">
        {children}
        {used ? <Notice kind="bad" live title={used} /> : <ProblemNotice error={write.error} />}
        <div className="line">
          {overtaken(write.error) && !write.isPending
            ? <Button look="primary" onClick={onClose}>{t.actions.close}</Button> // what is there now has to be looked at first
            : <><Button look={look} onClick={run} busy={write.isPending}>{label}</Button><Button onClick={onClose}>{t.actions.cancel}</Button></>}
        </div>
      </div>
    </Dialog>
  )
}
