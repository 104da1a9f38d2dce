import { useT } from '../i18n'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Notice, ProblemNotice } from '../ui/Notice'
import { useDisconnect, wasChanged } from './slack'

interface Props {
  etag: string
  onDone: () => void
  onClose: () => void
}

export function Disconnect({ etag, onDone, onClose }: Props) {
  const t = useT()
  const disconnect = useDisconnect(etag, onDone)
  return (
    <Dialog title={t.integrations.disconnectTitle} onClose={onClose}>
      <div className="stack">
        <p>{t.integrations.disconnectMore}</p>
        {wasChanged(disconnect.error) ? <Notice kind="warn" live>{t.integrations.overtaken}</Notice> : <ProblemNotice error={disconnect.error} />}
        <div className="line">
          <Button look="danger" busy={disconnect.isPending} onClick={() => disconnect.mutate()}>{t.integrations.disconnect}</Button>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
        </div>
      </div>
    </Dialog>
  )
}
