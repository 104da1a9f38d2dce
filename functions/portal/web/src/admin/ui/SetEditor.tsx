import { useEffect, useId, useRef, useState, type FocusEvent, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { Button } from '../../ui/Button'
import { Field } from '../../ui/Field'
import { useAdminT } from '../messages'
import { meant } from './meant'
import styles from './SetEditor.module.css'

interface Props {
  label: string
  hint?: ReactNode
  /** What is wrong with the whole of it. */
  error?: string
  /** What is wrong with one of them. */
  errorAt?: (index: number) => string | undefined
  values: string[]
  onChange: (values: string[]) => void
  options: { id: string; name?: string }[]
  /** Of the field in which the next one is chosen. */
  add: string
}

/** A set of ids, each of which can be taken out, and a field for another one. */
export function SetEditor({ label, hint, error, errorAt, values, onChange, options, add }: Props) {
  const { documents: { editor: t } } = useAdminT()
  const [next, setNext] = useState('')
  const heading = useId()
  const list = useId()
  const field = useRef<HTMLDivElement>(null)
  const name = (id: string) => options.find((option) => option.id === id)?.name
  const take = (typed: string) => {
    const id = meant(typed, options)
    setNext('')
    if (id && !values.includes(id)) onChange([...values, id])
  }

  useEffect(() => { // what was typed and not added is saved with the rest
    const form = field.current?.closest('form')
    const submit = () => flushSync(() => take(next))
    form?.addEventListener('submit', submit, true)
    return () => form?.removeEventListener('submit', submit, true)
  })
  const leave = (event: FocusEvent) => { // a button would move away from under the pointer
    if (!(event.relatedTarget instanceof HTMLButtonElement)) take(next)
  }

  return (
    <div className={styles.set} role="group" aria-labelledby={heading}>
      <p id={heading} className={styles.label}>{label}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      {values.length === 0 ? <p className={styles.none}>{t.nothing}</p> : (
        <ul className={styles.values}>
          {values.map((id, n) => (
            <li key={id} className={styles.value} data-wrong={errorAt?.(n) ? '' : undefined}>
              <span>{name(id) ?? id}{name(id) && <> <code>{id}</code></>}{errorAt?.(n) && <span id={`${list}-${n}`} className={styles.error}>{errorAt(n)}</span>}</span>
              <button
                type="button"
                className={styles.out}
                aria-label={t.takeOut(name(id) ?? id)}
                aria-describedby={errorAt?.(n) ? `${list}-${n}` : undefined}
                data-invalid={errorAt?.(n) ? '' : undefined}
                onClick={() => {
                  onChange(values.filter((value) => value !== id))
                  field.current?.querySelector('input')?.focus()
                }}
              >×</button>
            </li>
          ))}
        </ul>
      )}
      <div ref={field} className={styles.add} onBlur={leave}>
        <Field label={add} error={error}>
          {(wired) => (
            <input
              {...wired} list={list} value={next} autoComplete="off" autoCapitalize="none" spellCheck={false}
              onChange={(event) => setNext(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || next.trim() === '') return
                event.preventDefault()
                take(next)
              }}
            />
          )}
        </Field>
        <Button onClick={() => take(next)}>{t.add}</Button>
        <datalist id={list}>
          {options.filter((option) => !values.includes(option.id)).map((option) => <option key={option.id} value={option.id}>{option.name}</option>)}
        </datalist>
      </div>
    </div>
  )
}
