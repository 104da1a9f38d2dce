import { useState, type FormEvent } from 'react'
import { api, call, type Schemas } from '../../api/client'
import { asApiError } from '../../api/problem'
import { useT } from '../../i18n'
import { useMove } from '../../lib/move'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextArea } from '../../ui/Field'
import { DurationField } from './DurationField'
import { durationOf, durationsUpTo, firstChoice, fits } from './durations'
import { useFormFocus } from './focus'
import { FormProblem } from './FormProblem'
import styles from './Moves.module.css'

interface About {
  id: string
  resource: Schemas['ResourceRef']
}

export interface Extending extends About {
  offer: Schemas['ExtendOffer']
}

/** Asks for more time of access that is held. */
export function ExtendMove({ offer, ...about }: About & { offer?: Schemas['ExtendOffer'] }) {
  const words = useT().request.moves
  const [open, setOpen] = useState<Schemas['ExtendOffer']>()
  return (
    <>
      {offer && <Button onClick={() => setOpen(offer)}>{words.extend}</Button>}
      {open && <ExtendForm {...about} offer={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}

/** The dialog of it, which stays though what it is about has ended. */
export function ExtendForm({ id, resource, offer, onClose }: Extending & { onClose: () => void }) {
  const t = useT()
  const words = t.request.moves
  const choices = durationsUpTo(offer.up_to)
  const [chosen, setChosen] = useState(() => firstChoice(choices, offer.up_to, offer.up_to))
  const [reason, setReason] = useState('')
  const [attempts, setAttempts] = useState(0)
  const extend = useMove(
    (body: Schemas['ExtendInput']) => call(api.POST('/v1/requests/{id}/extend', { params: { path: { id } }, body })),
    { said: offer.needs_approval ? words.extensionAsked : words.extended, done: onClose },
  )
  const form = useFormFocus(attempts, extend.error)
  const problem = asApiError(extend.error)
  const duration = durationOf(chosen)
  const fitting = fits(chosen, offer.up_to)
  const lacksReason = offer.needs_approval && !reason.trim()
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (extend.isPending) return
    if (!duration || !fitting || lacksReason) setAttempts(attempts + 1)
    else extend.mutate({ duration, ...(reason.trim() && { reason: reason.trim() }) })
  }
  return (
    <Dialog title={words.extendTitle(resource.name ?? resource.id)} onClose={onClose}>
      <form ref={form} className="stack" noValidate onSubmit={send}>
        {offer.needs_approval && <p>{words.extendApproval}</p>}
        <DurationField label={words.extendBy} choices={choices} max={offer.up_to} value={chosen} onChange={setChosen}
          error={attempts > 0 && !fitting ? t.requests.form.notADuration : problem?.at('/duration')} />
        <TextArea label={words.extendWhy} required={offer.needs_approval} maxLength={2000} rows={2} value={reason} onChange={(event) => setReason(event.target.value)}
          error={attempts > 0 && lacksReason ? t.actions.required : problem?.at('/reason')} />
        <p className="small quiet">{words.extendLeft(offer.left)}</p>
        <FormProblem error={extend.error} shown={['/duration', '/reason']} />
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
          <Button type="submit" look="primary" busy={extend.isPending}>{offer.needs_approval ? words.extendSend : words.extendNow}</Button>
        </div>
      </form>
    </Dialog>
  )
}
