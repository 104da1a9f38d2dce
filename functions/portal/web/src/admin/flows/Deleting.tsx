import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/Notice'
import { overtaken, useWrite } from '../document'
import { useAdminT } from '../messages'
import { deleteFlow, type Flow } from './calls'
import styles from './Flows.module.css'

/** Deletes a flow, once it was said what that does. */
export function Deleting({ flow }: { flow: Flow }) {
  const t = useT()
  const { document, flows } = useAdminT()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [, go] = useLocation()
  const remove = useWrite(() => deleteFlow(flow), { said: document.deleted, done: () => go('/admin/flows') })
  const close = () => {
    setAsking(false)
    remove.reset()
  }
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>{document.delete}</Button>
      {asking && (
        <Dialog title={flows.deleting.title(flow.name)} onClose={close}>
          <div className="stack">
            <ul className={styles.points}><li>{flows.deleting.pending}</li><li>{flows.deleting.held}</li></ul>
            <ProblemNotice error={remove.error} />
            <div className="line">
              {!overtaken(remove.error) && <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined, { onError: () => client.invalidateQueries({ queryKey: ['admin'] }) })}>{flows.deleting.go}</Button>}
              <Button look="bare" onClick={close}>{t.actions.cancel}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  )
}
