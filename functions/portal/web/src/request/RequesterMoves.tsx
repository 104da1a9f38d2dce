import type { Schemas } from '../api/client'
import { AnswerMove } from './moves/AnswerMove'
import { AskAgain } from './moves/AskAgain'
import { CancelMove } from './moves/CancelMove'
import { EndMove } from './moves/EndMove'
import { ExtendMove } from './moves/ExtendMove'
import { LookAtEnd } from './moves/LookAtEnd'
import styles from './moves/Moves.module.css'
import { StartMove } from './moves/StartMove'

/** What a requester may do with a request now, each as a button and, where it takes words, a dialog. */
export function RequesterMoves({ request, me }: { request: Schemas['Request']; me: Schemas['Me'] }) {
  const may = (action: Schemas['Action']) => request.allowed_actions.includes(action)
  const mine = request.requester.id === me.id
  return (
    <div className={styles.moves}>
      <AnswerMove request={request} offered={may('answer')} />
      <StartMove request={request} offered={may('start')} />
      <ExtendMove id={request.id} resource={request.resource} offer={may('extend') ? request.extend : undefined} />
      <EndMove id={request.id} resource={request.resource} offered={may('end')} />
      <CancelMove request={request} offered={may('cancel')} />
      {request.status === 'active' && request.ends_at && <LookAtEnd endsAt={request.ends_at} />}
      {mine && request.status === 'denied' && <AskAgain request={request} />}
    </div>
  )
}
