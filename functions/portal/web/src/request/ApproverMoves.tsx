import { useEffect, useRef, useState } from 'react'
import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Button, type Look } from '../ui/Button'
import { DecideDialog } from './decide/DecideDialog'
import { allowed, type Kind } from './decide/kinds'
import styles from './decide/Decide.module.css'

const looks: Record<Kind, Look> = { grant: 'primary', deny: 'danger', ask: 'plain', grantMore: 'primary', denyMore: 'danger' }

/** What an approver may do now. */
export function ApproverMoves({ request, me }: { request: Schemas['Request']; me: Schemas['Me'] }) {
  const t = useT()
  const [open, setOpen] = useState<Kind>()
  const may = allowed(request)
  const group = useRef<HTMLDivElement>(null)
  const had = useRef(may.length)
  useEffect(() => { // a button that is gone must not take the focus with it
    if (had.current > may.length && document.activeElement === document.body) group.current?.focus({ preventScroll: true })
    had.current = may.length
  }, [may.length])
  return (
    <>
      <div ref={group} className={styles.moves} role="group" aria-label={`${t.request.decide.label}: ${request.resource.name ?? request.resource_id}, ${request.requester.name ?? request.requester.id}`} tabIndex={-1} data-moves="approver">
        {may.map((kind) => <Button key={kind} look={looks[kind]} onClick={() => setOpen(kind)} aria-haspopup="dialog">{t.request.decide[kind]}</Button>)}
      </div>
      {open && <DecideDialog kind={open} request={request} me={me} onClose={() => setOpen(undefined)} />}
    </>
  )
}
