import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { api, call, type Schemas } from '../../api/client'
import { asApiError } from '../../api/problem'
import { useWords } from '../../i18n'
import { inWords } from '../../lib/duration'
import { useMove } from '../../lib/move'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextArea } from '../../ui/Field'
import { AnswerFields } from './AnswerFields'
import { DurationField } from './DurationField'
import { useFormFocus } from './focus'
import { FormProblem } from './FormProblem'
import { kept, missing, newDraft, newKeys, pointers, requestInput, stillFits, type Draft } from './form'
import styles from './Moves.module.css'
import { StartsAtField, startIsHalf } from './StartsAtField'

interface Props {
  item: Schemas['CatalogItem']
  /** The denied request that is asked for again. */
  again?: Schemas['Request']
  /** Who is to have it; the caller if left out. */
  person?: Schemas['PersonRef']
  onClose: () => void
}

// Only a dry run is answered by anything but a request.
const post = (key: string, body: Schemas['RequestInput']) =>
  call(api.POST('/v1/requests', { params: { header: { 'Idempotency-Key': key } }, body })) as Promise<Schemas['Request']>

/** The dialog in which a person asks for something of the catalog. */
export function RequestForm({ item, again, person, onClose }: Props) {
  const { t, language } = useWords()
  const words = t.requests.form
  const [, go] = useLocation()
  const draftOf = `request ${item.id} ${again?.id ?? ''} ${person?.id ?? ''}`
  const [draft, setDraft] = useState(() => stillFits(item, kept.get(draftOf) ?? newDraft(item, again)))
  const [keyOf] = useState(newKeys)
  const [attempts, setAttempts] = useState(0)
  const [halfAStart, setHalfAStart] = useState(false)
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part }
    kept.keep(draftOf, next)
    setDraft(next)
  }
  const submit = useMove(
    async (body: Schemas['RequestInput']) => {
      const made = await post(keyOf(body), body)
      if (person) go(`/requests/${made.id}`) // no list of one's own has it
      return made
    },
    { said: words.sent(item.name), done: () => { kept.drop(draftOf); onClose() } },
  )
  const form = useFormFocus(attempts, submit.error)
  const lacking = attempts > 0 ? missing(item, draft, halfAStart) : []
  const problem = asApiError(submit.error)
  const lacks: Partial<Record<string, string>> = { '/starts_at': words.startsWhole, '/duration': words.notADuration }
  const errorAt = (pointer: string) => (lacking.includes(pointer) ? lacks[pointer] ?? t.actions.required : problem?.at(pointer))
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (submit.isPending) return
    const half = startIsHalf(form.current)
    setHalfAStart(half)
    if (missing(item, draft, half).length > 0) setAttempts(attempts + 1)
    else submit.mutate({ ...requestInput(item, draft, again?.id), ...(person && { for: person.id }) })
  }
  const { duration, starts_within: startsWithin } = item.flow
  return (
    <Dialog title={person ? t.requests.someone.heading(item.name, person.name ?? person.id) : item.name} onClose={onClose}>
      <form ref={form} className="stack" noValidate onSubmit={send}>
        <TextArea label={person ? t.requests.someone.why(person.name ?? person.id) : words.why[item.kind]} hint={person ? t.requests.someone.tip : words.tip} required maxLength={2000} rows={3} value={draft.reason} error={errorAt('/reason')} onChange={(event) => change({ reason: event.target.value })} />
        {duration.mode === 'fixed' && (
          <div>
            <p><strong>{t.requests.duration}</strong></p>
            <p>{inWords(duration.choices?.[0] ?? '', language)}</p>
          </div>
        )}
        {duration.mode === 'choice' && (
          <DurationField label={t.requests.duration} choices={duration.choices ?? []} max={duration.max} value={draft.duration} error={errorAt('/duration')} onChange={(chosen) => change({ duration: chosen })} />
        )}
        <AnswerFields fields={item.flow.fields} answers={draft.answers} errorAt={errorAt} onChange={(answers) => change({ answers })} />
        {startsWithin && <StartsAtField within={startsWithin} value={draft.startsAt} error={errorAt('/starts_at')} onChange={(startsAt) => { setHalfAStart(false); change({ startsAt }) }} />}
        <FormProblem error={submit.error} shown={pointers(item)} />
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
          <Button type="submit" look="primary" busy={submit.isPending}>{words.submit}</Button>
        </div>
      </form>
    </Dialog>
  )
}
