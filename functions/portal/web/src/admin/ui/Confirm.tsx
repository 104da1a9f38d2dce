import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useT } from '../../i18n'
import { Button, type Look } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/Notice'
import { overtaken, useWrite } from '../document'

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
      <Button look={props.look ?? 'danger'} onClick={() => setOpen(true)}>{props.label}</Button>
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
    onError: (error) => { // so that a second try is one at what is there now
      if (overtaken(error)) void client.invalidateQueries({ queryKey: ['admin'] })
    },
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack">
        {children}
        <ProblemNotice error={write.error} />
        <div className="line">
          <Button look={look} onClick={run} busy={write.isPending}>{label}</Button>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
        </div>
      </div>
    </Dialog>
  )
}
