import { useEffect, useRef, useState } from 'react'
import type { Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Outcome } from '../Outcome'
import { Changes } from './Changes'
import { DecideForm } from './DecideForm'
import { allowed, type Kind } from './kinds'
import styles from './Decide.module.css'

interface Props {
  kind: Kind
  request: Schemas['Request']
  me: Schemas['Me']
  onClose: () => void
}

/**
 * One verdict. What happens to the request meanwhile is said here, and who comes
 * too late reads who was first.
 */
export function DecideDialog({ kind, request, me, onClose }: Props) {
  const t = useT()
  const words = t.request.decide
  const [opened] = useState(request.version)
  const [busy, setBusy] = useState(false)
  const who = request.requester.name ?? request.requester.id
  const what = request.resource.name ?? request.resource_id
  const late = !busy && !allowed(request).includes(kind)
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => { // what had the focus is gone
    if (late) end.current?.querySelector('button')?.focus()
  }, [late])
  return (
    <Dialog title={late ? words.tooLate : words.asks[kind](who, what)} onClose={onClose}>
      {late ? (
        <div className="stack" role="alert">
          <p><Outcome request={request} since={opened} me={me} /></p>
          <p className="quiet">{words.tooLateMore}</p>
          <div ref={end} className={styles.actions}><Button look="primary" onClick={onClose}>{t.actions.close}</Button></div>
        </div>
      ) : (
        <div className="stack">
          <Changes request={request} since={opened} />
          <DecideForm kind={kind} request={request} onBusy={setBusy} onClose={onClose} />
        </div>
      )}
    </Dialog>
  )
}
