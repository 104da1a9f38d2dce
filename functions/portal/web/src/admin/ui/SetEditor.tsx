import { useId, useRef, useState, type ReactNode } from 'react'
import { Button } from '../../ui/Button'
import { useAdminT } from '../messages'
import { IdPicker } from './IdPicker'
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
  const field = useRef<HTMLDivElement>(null)
  const name = (id: string) => options.find((option) => option.id === id)?.name
  const take = (id: string) => {
    setNext('')
    if (id && !values.includes(id)) onChange([...values, id])
  }
  return (
    <div className={styles.set} role="group" aria-labelledby={heading}>
      <p id={heading} className={styles.label}>{label}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      {values.length === 0 ? <p className={styles.hint}>{t.nothing}</p> : (
        <ul className={styles.values}>
          {values.map((id, n) => (
            <li key={id} className={styles.value} data-wrong={errorAt?.(n) ? '' : undefined}>
              <span>{name(id) ?? id}{name(id) && <> <code>{id}</code></>}{errorAt?.(n) && <span className={styles.error}>{errorAt(n)}</span>}</span>
              <button
                type="button"
                className={styles.out}
                aria-label={t.takeOut(name(id) ?? id)}
                aria-invalid={errorAt?.(n) ? true : undefined}
                onClick={() => {
                  onChange(values.filter((value) => value !== id))
                  field.current?.querySelector('input')?.focus()
                }}
              >×</button>
            </li>
          ))}
        </ul>
      )}
      {/* Enter, and going on to something else, take what was typed; neither saves the form. */}
      <div
        ref={field}
        className={styles.add}
        role="presentation"
        onBlur={() => take(next)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
          event.preventDefault()
          take(next)
        }}
      >
        <IdPicker label={add} error={error} value={next} onChange={setNext} options={options.filter((option) => !values.includes(option.id))} />
        <Button onClick={() => take(next)}>{t.add}</Button>
      </div>
    </div>
  )
}
