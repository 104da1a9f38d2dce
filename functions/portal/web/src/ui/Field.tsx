// A control with its label, what helps to fill it in, and what is wrong with it.
import { useId, type ComponentProps, type ReactNode } from 'react'
import { useT } from '../i18n'
import styles from './Field.module.css'

interface About {
  label: ReactNode
  hint?: ReactNode
  error?: string
  /** What often does not work, though it is allowed. */
  warning?: string
}

interface Wired {
  id: string
  className: string | undefined
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export function Field({ label, hint, error, warning, optional, children }: About & { optional?: boolean; children: (wired: Wired) => ReactNode }) {
  const t = useT()
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`, warning && `${id}-warning`].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {optional && <span className={styles.optional}> ({t.actions.optional})</span>}
      </label>
      {hint && <div id={`${id}-hint`} className={styles.hint}>{hint}</div>}
      {children({ id, className: styles.control, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && <div id={`${id}-error`} className={styles.error}>{error}</div>}
      {warning && <div id={`${id}-warning`} className={styles.warning}>{warning}</div>}
    </div>
  )
}

export function TextField({ label, hint, error, warning, ...rest }: About & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} warning={warning} optional={!rest.required}>
      {(wired) => <input {...rest} {...wired} />}
    </Field>
  )
}

export function TextArea({ label, hint, error, warning, ...rest }: About & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} warning={warning} optional={!rest.required}>
      {(wired) => <textarea {...rest} {...wired} />}
    </Field>
  )
}

export function Select({ label, hint, error, warning, ...rest }: About & ComponentProps<'select'>) {
  return (
    <Field label={label} hint={hint} error={error} warning={warning}>
      {(wired) => <select {...rest} {...wired} />}
    </Field>
  )
}

export function Checkbox({ label, hint, error, warning, ...rest }: About & ComponentProps<'input'>) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`, warning && `${id}-warning`].filter(Boolean).join(' ')
  return (
    <div className={styles.check}>
      <input {...rest} type="checkbox" id={id} aria-describedby={described || undefined} aria-invalid={error ? true : undefined} />
      <label htmlFor={id}>{label}</label>
      {hint && <div id={`${id}-hint`} className={styles.hint}>{hint}</div>}
      {error && <div id={`${id}-error`} className={styles.error}>{error}</div>}
      {warning && <div id={`${id}-warning`} className={styles.warning}>{warning}</div>}
    </div>
  )
}
