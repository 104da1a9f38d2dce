import { useRef, useState } from 'react'
import { api, call, type Schemas } from '../../api/client'
import { asApiError } from '../../api/problem'
import { useWords } from '../../i18n'
import { inWords } from '../../lib/duration'
import { useMove } from '../../lib/move'
import { Button } from '../../ui/Button'
import { Notice, ProblemNotice } from '../../ui/Notice'
import { Status } from '../../ui/Status'
import { useAdminT } from '../messages'
import { DurationFields, useDuration } from './duration'
import { may } from './kinds'
import { MoveDialog } from './MoveDialog'
import styles from './Moves.module.css'
import { ReasonFields, reasonPointers, useFocusOnProblem, useReason } from './reason'

type Verdict = Schemas['OverrideInput']['decision']

const verdicts: Verdict[] = ['approve', 'deny']

interface Props {
  request: Schemas['Request']
  me: Schemas['Me']
  onClose: () => void
}

/** An admin's verdict, whatever the flow says; the duration can be another than was asked for. */
export function OverrideDialog({ request, me, onClose }: Props) {
  const { t } = useWords()
  const words = useAdminT().requests.moves
  const own = words.override
  const [seen, setSeen] = useState(request.version)
  const [verdict, setVerdict] = useState<Verdict>('approve')
  const duration = useDuration(request)
  const fields = useReason()
  const form = useRef<HTMLFormElement>(null)
  const [attempt, setAttempt] = useState(0)
  const move = useMove(
    (body: Schemas['OverrideInput']) => call(api.POST('/v1/requests/{id}/override', { params: { path: { id: request.id } }, body })),
    { said: verdict === 'approve' ? own.approved : own.denied, done: onClose },
  )
  useFocusOnProblem(form, move.error ?? attempt)
  const stale = asApiError(move.error)?.code === 'stale_version'

  function send() {
    setAttempt(attempt + 1)
    const body = fields.take()
    const approves = verdict === 'approve'
    const given = approves ? duration.take() : { ok: true }
    if (!body || !given.ok || move.isPending) return
    // Whoever was told that it changed has seen how it stands now.
    const version = stale ? request.version : seen
    setSeen(version)
    move.mutate({ ...body, decision: verdict, duration: given.duration, version })
  }

  return (
    <MoveDialog
      title={own.title(request.requester.name ?? request.requester.id, request.resource.name ?? request.resource_id)}
      request={request} me={me} open={may(request, 'override') || move.isPending || move.isSuccess} error={move.error} onClose={onClose}
    >
      <form ref={form} noValidate className="stack" onSubmit={(event) => { event.preventDefault(); send() }}>
        <p>{own.lead}</p>
        <Asked request={request} />
        <fieldset className={styles.verdicts}>
          <legend>{own.verdict}</legend>
          {verdicts.map((one) => (
            <label key={one} className={styles.verdict}>
              <input type="radio" name="verdict" value={one} checked={verdict === one} onChange={() => setVerdict(one)} />
              <strong>{own[one]}</strong>
              <span className="small quiet">{one === 'approve' ? own.approveHint : own.denyHint}</span>
            </label>
          ))}
        </fieldset>
        {verdict === 'approve' && request.duration && <DurationFields of={duration} error={asApiError(move.error)?.at('/duration')} />}
        <ReasonFields of={fields} error={move.error} hint={words.reasonHint} />
        {stale ? <Notice kind="warn" live>{words.stale} <Status status={request.status} /></Notice> : <ProblemNotice error={move.error} shown={[...reasonPointers, '/duration']} />}
        <div className={styles.actions}>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
          <Button type="submit" look={verdict === 'approve' ? 'primary' : 'danger'} busy={move.isPending}>
            {verdict === 'approve' ? own.submitApprove : own.submitDeny}
          </Button>
        </div>
      </form>
    </MoveDialog>
  )
}

/** What was asked for, as it stands now. */
function Asked({ request }: { request: Schemas['Request'] }) {
  const { locale } = useWords()
  return (
    <div className={styles.asked}>
      {request.duration && <strong>{inWords(request.duration, locale)}</strong>}
      <p>{request.reason}</p>
    </div>
  )
}
