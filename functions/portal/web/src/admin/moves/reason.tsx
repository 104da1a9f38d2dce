import { useEffect, useState, type RefObject } from 'react'
import { asApiError } from '../../api/problem'
import { useT } from '../../i18n'
import { TextArea } from '../../ui/Field'
import { useAdminT } from '../messages'

/** A reason for those concerned, and a note for the audit. */
export function useReason() {
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  return {
    reason, setReason, note, setNote,
    missing: tried && !reason.trim(),
    /** What is to be sent; undefined while the reason is missing, which then shows. */
    take: () => {
      setTried(true)
      return reason.trim() ? { reason: reason.trim(), internal_note: note.trim() || undefined } : undefined
    },
  }
}

/** The members of a body that the fields show. */
export const reasonPointers = ['/reason', '/internal_note']

export function ReasonFields({ of, error, hint }: { of: ReturnType<typeof useReason>; error: unknown; hint: string }) {
  const t = useT()
  const words = useAdminT().requests.moves
  const found = asApiError(error)
  return (
    <>
      <TextArea
        label={words.reason} hint={hint} required maxLength={2000} value={of.reason} onChange={(event) => of.setReason(event.target.value)}
        error={of.missing ? t.actions.required : found?.at('/reason')}
      />
      <TextArea
        label={words.note} hint={words.noteHint} maxLength={2000} value={of.note} onChange={(event) => of.setNote(event.target.value)}
        error={found?.at('/internal_note')}
      />
    </>
  )
}

/** Moves the focus to the first field that is wrong, or what is said at the end into view, each time that `attempt` changes. */
export function useFocusOnProblem(form: RefObject<HTMLFormElement | null>, attempt: unknown) {
  useEffect(() => {
    if (!attempt) return
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (wrong) wrong.focus()
    else form.current?.querySelector('[type="submit"]')?.scrollIntoView({ block: 'nearest' })
  }, [form, attempt])
}
