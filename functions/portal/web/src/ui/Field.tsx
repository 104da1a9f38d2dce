// A control with its label, what helps to fill it in, and what is wrong with it.
import { useId, type ComponentProps, type ReactNode } from 'react'
import { useT } from '../i18n'
import styles from './Field.module.css'

interface About {
  label: ReactNode
  hint?: ReactNode
  error?: string
}

interface Wired {
  id: string
  className: string | undefined
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export function Field({ label, hint, error, optional, children }: About & { optional?: boolean; children: (wired: Wired) => ReactNode }) {
  const t = useT()
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {optional && <span className={styles.optional}> ({t.actions.optional})</span>}
      </label>
      {hint && <div id={`${id}-hint`} className={styles.hint}>{hint}</div>}
      {children({ id, className: styles.control, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && <div id={`${id}-error`} className={styles.error}>{error}</div>}
    </div>
  )
}

export function TextField({ label, hint, error, ...rest }: About & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} optional={!rest.required}>
      {(wired) => <input {...rest} {...wired} />}
    </Field>
  )
}

export function TextArea({ label, hint, error, ...rest }: About & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} optional={!rest.required}>
      {(wired) => <textarea {...rest} {...wired} />}
    </Field>
  )
}

export function Select({ label, hint, error, ...rest }: About & ComponentProps<'select'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wired) => <select {...rest} {...wired} />}
    </Field>
  )
}

export function Checkbox({ label, hint, error, ...rest }: About & ComponentProps<'input'>) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={styles.check}>
      <input {...rest} type="checkbox" id={id} aria-describedby={described || undefined} aria-invalid={error ? true : undefined} />
      <label htmlFor={id}>{label}</label>
      {hint && <div id={`${id}-hint`} className={styles.hint}>{hint}</div>}
      {error && <div id={`${id}-error`} className={styles.error}>{error}</div>}
    </div>
  )
}
