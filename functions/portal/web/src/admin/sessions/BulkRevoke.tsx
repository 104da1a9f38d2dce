import { useRef, useState } from 'react'
import type { Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Disclosure } from '../../ui/Disclosure'
import { Notice, ProblemNotice } from '../../ui/Notice'
import { useAdminT } from '../messages'
import { ReasonFields, reasonPointers, useFocusOnProblem, useReason } from '../moves/reason'
import styles from './BulkRevoke.module.css'
import { useRevocations, type Outcome } from './revoke'

interface Props {
  requests: Schemas['Request'][]
  /** Told once it is over, however it went. */
  onOutcome: (outcome: Outcome) => void
  onClose: () => void
}

/** Takes away much access at once, and says what became of each. */
export function BulkRevoke({ requests, onOutcome, onClose }: Props) {
  const t = useT()
  const words = useAdminT().requests.sessions
  const fields = useReason()
  const form = useRef<HTMLFormElement>(null)
  const [attempt, setAttempt] = useState(0)
  const { revoked, refused, run } = useRevocations()
  useFocusOnProblem(form, run.error ?? attempt)
  const reached = revoked.length + refused.size
  const over = run.isSuccess || (run.isError && reached > 0)
  const close = () => {
    if (run.isPending) return
    if (over) onOutcome({ revoked, refused })
    onClose()
  }
  return (
    <Dialog title={over ? words.over : words.revokeTitle(requests.length)} onClose={close}>
      {over ? (
        <div className="stack">
          {revoked.length > 0 && <Notice kind="good" live title={words.revoked(revoked.length)} />}
          {refused.size > 0 && <Refused requests={requests} refused={refused} />}
          {run.isError && <Notice kind="bad" live title={words.stopped}><ProblemNotice error={run.error} /></Notice>}
          <div className={styles.actions}><Button look="primary" onClick={close}>{t.actions.close}</Button></div>
        </div>
      ) : (
        <form
          ref={form} noValidate className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            setAttempt(attempt + 1)
            const why = fields.take()
            if (why && !run.isPending) run.mutate({ ids: requests.map(({ id }) => id), ...why })
          }}
        >
          <p>{words.revokeLead}</p>
          <Concerned requests={requests} />
          <ReasonFields of={fields} error={run.error} hint={words.reasonHint} />
          <ProblemNotice error={run.error} shown={reasonPointers} />
          <p role="status" className={styles.progress}>
            {run.isPending && <><progress value={reached} max={requests.length} aria-label={words.revokeTitle(requests.length)} /> {words.at(reached, requests.length)}</>}
          </p>
          <div className={styles.actions}>
            <Button onClick={close} busy={run.isPending}>{t.actions.cancel}</Button>
            <Button type="submit" look="danger" busy={run.isPending}>{words.revoke(requests.length)}</Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}

const named = 6 // the rest is a click away

function Concerned({ requests }: { requests: Schemas['Request'][] }) {
  const words = useAdminT().requests.sessions
  const rest = requests.slice(named)
  return (
    <div className={styles.concerned} role="group" aria-label={words.which}>
      <Names of={requests.slice(0, named)} />
      {rest.length > 0 && <Disclosure summary={words.more(rest.length)}><Names of={rest} /></Disclosure>}
    </div>
  )
}

function Names({ of }: { of: Schemas['Request'][] }) {
  return <ul className={styles.names}>{of.map((r) => <li key={r.id}><Named request={r} /></li>)}</ul>
}

function Refused({ requests, refused }: { requests: Schemas['Request'][]; refused: Outcome['refused'] }) {
  const t = useT()
  const words = useAdminT().requests.sessions
  return (
    <Notice kind="bad" live title={words.refused(refused.size)}>
      <ul className={styles.refused}>
        {requests.map((r) => {
          const problem = refused.get(r.id)
          return problem && <li key={r.id}><Named request={r} /><br />{t.problems[problem.code] ?? problem.detail}</li>
        })}
      </ul>
    </Notice>
  )
}

function Named({ request: r }: { request: Schemas['Request'] }) {
  return <><strong>{r.resource.name ?? r.resource_id}</strong> · {r.requester.name ?? r.requester.id}</>
}
