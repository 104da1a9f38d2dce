import { useState, type FormEvent } from 'react'
import { api, call, type Schemas } from '../../api/client'
import { asApiError } from '../../api/problem'
import { useT } from '../../i18n'
import { useMove } from '../../lib/move'
import { typed } from '../../lib/typed'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextArea } from '../../ui/Field'
import { useFormFocus } from './focus'
import { FormProblem } from './FormProblem'
import styles from './Moves.module.css'
import type { Offered } from './offered'

export function AnswerMove({ request, offered }: Offered) {
  const words = useT().request.moves
  const [open, setOpen] = useState(false)
  const draftOf = `answer ${request.id}`
  const [text, setText] = useState(() => typed.get(draftOf) ?? '')
  const type = (said: string) => {
    if (said) typed.keep(draftOf, said)
    else typed.drop(draftOf)
    setText(said)
  }
  return (
    <>
      {offered && <Button look="primary" onClick={() => setOpen(true)}>{words.answer}</Button>}
      {open && <AnswerForm request={request} text={text} setText={type} onClose={() => setOpen(false)} />}
    </>
  )
}

interface Props {
  request: Schemas['Request']
  text: string
  setText: (text: string) => void
  onClose: () => void
}

function AnswerForm({ request, text, setText, onClose }: Props) {
  const t = useT()
  const words = t.request.moves
  const [attempts, setAttempts] = useState(0)
  const answer = useMove(
    (body: Schemas['AnswerInput']) => call(api.POST('/v1/requests/{id}/answer', { params: { path: { id: request.id } }, body })),
    { said: words.answered, done: () => { setText(''); onClose() } },
  )
  const form = useFormFocus(attempts, answer.error)
  const blank = !text.trim()
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (answer.isPending) return
    if (blank) setAttempts(attempts + 1)
    else answer.mutate({ text: text.trim() })
  }
  return (
    <Dialog title={request.resource.name ?? request.resource_id} onClose={onClose}>
      <form ref={form} className="stack" noValidate onSubmit={send}>
        {request.question && (
          <div className="tight">
            <p><strong>{words.question}</strong></p>
            <blockquote className={styles.quote}>{request.question}</blockquote>
          </div>
        )}
        <TextArea label={words.yourAnswer} hint={words.answerTip} required maxLength={2000} rows={3} value={text} onChange={(event) => setText(event.target.value)}
          error={attempts > 0 && blank ? t.actions.required : asApiError(answer.error)?.at('/text')} />
        <FormProblem error={answer.error} shown={['/text']} />
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
          <Button type="submit" look="primary" busy={answer.isPending}>{words.answerSend}</Button>
        </div>
      </form>
    </Dialog>
  )
}
