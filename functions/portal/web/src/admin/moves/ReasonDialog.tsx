import { useRef, useState } from 'react'
import type { Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { useMove } from '../../lib/move'
import { Button } from '../../ui/Button'
import { Notice, ProblemNotice } from '../../ui/Notice'
import { useAdminT } from '../messages'
import { make, may, type Plain } from './kinds'
import { MoveDialog } from './MoveDialog'
import styles from './Moves.module.css'
import { ReasonFields, reasonPointers, useFocusOnProblem, useReason } from './reason'

interface Props {
  kind: Plain
  request: Schemas['Request']
  me: Schemas['Me']
  onClose: () => void
}

/** A move that takes a reason: what it does, and why it is made. */
export function ReasonDialog({ kind, request, me, onClose }: Props) {
  const t = useT()
  const words = useAdminT().requests.moves
  const own = words[kind]
  const fields = useReason()
  const form = useRef<HTMLFormElement>(null)
  const [attempt, setAttempt] = useState(0)
  const move = useMove((body: Schemas['RevokeInput']) => make[kind](request.id, body), { said: own.done, done: onClose })
  useFocusOnProblem(form, move.error ?? attempt)
  const notBegun = kind === 'revoke' && (request.status === 'approved' || request.status === 'ready')
  return (
    <MoveDialog
      title={own.title(request.requester.name ?? request.requester.id, request.resource.name ?? request.resource_id)}
      request={request} me={me} open={may(request, kind) || move.isPending || move.isSuccess} error={move.error} onClose={onClose}
    >
      <form
        ref={form} noValidate className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          setAttempt(attempt + 1)
          const body = fields.take()
          if (body && !move.isPending) move.mutate(body)
        }}
      >
        <p>{notBegun ? words.revoke.leadNotBegun : own.lead}</p>
        {kind === 'confirmAbsent' && <Standing request={request} me={me} />}
        <ReasonFields of={fields} error={move.error} hint={kind === 'confirmAbsent' ? words.confirmAbsent.reasonHint : words.reasonHint} />
        <ProblemNotice error={move.error} shown={reasonPointers} />
        <div className={styles.actions}>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
          <Button type="submit" look={kind === 'revoke' ? 'danger' : 'primary'} busy={move.isPending}>{own.submit}</Button>
        </div>
      </form>
    </MoveDialog>
  )
}

/** Whether someone has confirmed it before. */
function Standing({ request, me }: { request: Schemas['Request']; me: Schemas['Me'] }) {
  const t = useAdminT().requests.moves.confirmAbsent
  const other = request.confirmations?.find((one) => one.by.id !== me.id)
  return <Notice>{other ? t.second(other.by.name ?? other.by.id) : t.first}</Notice>
}
