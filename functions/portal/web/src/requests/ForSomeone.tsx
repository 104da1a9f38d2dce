import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { asApiError } from '../api/problem'
import { useT } from '../i18n'
import { FormProblem } from '../request/moves/FormProblem'
import { useFormFocus } from '../request/moves/focus'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { TextField } from '../ui/Field'
import { readPersonOf } from './someone'
import styles from './Requests.module.css'

/** Asks whom one wants to ask for. */
export function ForSomeone({ onFound, onClose }: { onFound: (email: string) => void; onClose: () => void }) {
  const t = useT()
  const words = t.requests.someone
  const [email, setEmail] = useState('')
  const [attempts, setAttempts] = useState(0)
  const find = useMutation({
    mutationFn: readPersonOf,
    onSuccess: (person, of) => {
      if (person) onFound(of)
      else setAttempts(attempts + 1)
    },
  })
  const form = useFormFocus(attempts, find.error)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (find.isPending) return
    if (email.trim()) find.mutate(email.trim())
    else setAttempts(attempts + 1)
  }
  const nobody = find.data === null && find.variables === email.trim()
  const wrong = !email.trim() && attempts > 0 ? t.actions.required : nobody ? words.nobody : find.error && asApiError(find.error)?.problem?.errors?.[0]?.detail
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form ref={form} className="stack" noValidate onSubmit={send}>
        <TextField type="email" label={words.email} hint={words.hint} required autoComplete="off" maxLength={254} value={email} error={wrong ?? undefined} onChange={(event) => setEmail(event.target.value)} />
        {!wrong && <FormProblem error={find.error} shown={[]} />}
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
          <Button type="submit" look="primary" busy={find.isPending}>{t.requests.form.submit}</Button>
        </div>
      </form>
    </Dialog>
  )
}
