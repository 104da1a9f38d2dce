import { useId } from 'react'
import fields from '../../../ui/Field.module.css'
import styles from './Editor.module.css'
import { useAt } from './findings'

interface Props<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  options: { value: T; label: string }[]
  pointer: string
}

/** One of a few. */
export function Radios<T extends string>({ label, value, onChange, options, pointer }: Props<T>) {
  const id = useId()
  const { error, warning } = useAt(pointer)
  return (
    <fieldset className={fields.field} aria-describedby={error || warning ? `${id}-found` : undefined}>
      <legend className={fields.label}>{label}</legend>
      <div className={styles.radios}>
        {options.map((option) => (
          <label key={option.value} className={styles.radio}>
            <input type="radio" name={id} checked={option.value === value} data-at={option.value === value ? pointer : undefined} onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
      {(error ?? warning) && <div id={`${id}-found`} className={error ? fields.error : fields.warning}>{error ?? warning}</div>}
    </fieldset>
  )
}
