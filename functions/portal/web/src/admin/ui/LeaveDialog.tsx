import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { useAdminT } from '../messages'
import { useUnsaved } from './useUnsaved'

/** Asks before what was typed is lost. */
export function LeaveDialog({ unsaved }: { unsaved: boolean }) {
  const { document, documents: { editor: t } } = useAdminT()
  const { leave, stay } = useUnsaved(unsaved)
  if (!leave) return null
  return (
    <Dialog title={t.leaveTitle} onClose={stay}>
      <div className="stack">
        <p>{document.leave}</p>
        <div className="line">
          <Button look="primary" onClick={stay}>{t.stay}</Button>
          <Button look="danger" onClick={leave}>{t.leave}</Button>
        </div>
      </div>
    </Dialog>
  )
}
