import { useId, type ReactNode } from 'react'
import { useAdminT } from '../../messages'
import { units, type Span, type Unit } from '../form/span'
import styles from './Editor.module.css'
import { useAt } from './findings'
import fields from '../../../ui/Field.module.css'

interface Props {
  label: string
  hint?: ReactNode
  value: Span
  onChange: (span: Span) => void
  pointer: string
  /** The label is for screen readers only, where what stands around says it. */
  quiet?: boolean
}

/** A duration: a number and its unit. */
export function SpanField({ label, hint, value, onChange, pointer, quiet }: Props) {
  const { flows } = useAdminT()
  const { error, warning } = useAt(pointer)
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`, warning && `${id}-warning`].filter(Boolean).join(' ') || undefined
  return (
    <div role="group" aria-labelledby={id} className={fields.field}>
      <span id={id} className={quiet ? 'hidden' : fields.label}>{label}</span>
      {hint && <div id={`${id}-hint`} className={fields.hint}>{hint}</div>}
      <div className={styles.span}>
        <input
          className={fields.control} type="number" inputMode="numeric" min={1} step={1} data-at={pointer} aria-label={flows.amountOf(label)}
          aria-describedby={described} aria-invalid={error ? true : undefined}
          value={value.amount} onChange={(event) => onChange({ ...value, amount: event.target.value })}
        />
        <select className={fields.control} aria-label={flows.unitOf(label)} value={value.unit} onChange={(event) => onChange({ ...value, unit: event.target.value as Unit })}>
          {units.map((unit) => <option key={unit} value={unit}>{flows.unit[unit]}</option>)}
        </select>
      </div>
      {error && <div id={`${id}-error`} className={fields.error}>{error}</div>}
      {warning && <div id={`${id}-warning`} className={fields.warning}>{warning}</div>}
    </div>
  )
}
