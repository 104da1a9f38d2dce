import { useEffect, useId, useRef, useState } from 'react'
import type { Schemas } from '../../api/client'
import { Button, type Look } from '../../ui/Button'
import { useAdminT } from '../messages'
import { Confirmations } from './Confirmations'
import { kinds, may, type Kind } from './kinds'
import styles from './Moves.module.css'
import { OverrideDialog } from './OverrideDialog'
import { ReasonDialog } from './ReasonDialog'

const looks: Record<Kind, Look> = { override: 'plain', revoke: 'danger', retry: 'primary', confirmAbsent: 'plain' }

/** The moves of an admin on a request, and who confirmed that its access is gone. */
export default function Moves({ request, me }: { request: Schemas['Request']; me: Schemas['Me'] }) {
  const t = useAdminT().requests.moves
  const [open, setOpen] = useState<Kind>()
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = kinds.filter((kind) => may(request, kind))
  const had = useRef(shown.length)
  useEffect(() => { // a button that is gone must not take the focus with it
    if (had.current > shown.length && document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
    had.current = shown.length
  }, [shown.length])
  const confirmed = request.confirmations ?? []
  if (shown.length === 0 && confirmed.length === 0 && !open) return null
  return (
    <section className={styles.section} aria-labelledby={id} data-moves="admin">
      <h2 id={id} ref={heading} tabIndex={-1} className={styles.heading}>{t.label}</h2>
      <Confirmations request={request} />
      {shown.length > 0 && (
        <div className={styles.buttons}>
          {shown.map((kind) => <Button key={kind} look={looks[kind]} aria-haspopup="dialog" onClick={() => setOpen(kind)}>{t[kind].button}</Button>)}
        </div>
      )}
      {open === 'override' && <OverrideDialog request={request} me={me} onClose={() => setOpen(undefined)} />}
      {open && open !== 'override' && <ReasonDialog kind={open} request={request} me={me} onClose={() => setOpen(undefined)} />}
    </section>
  )
}
