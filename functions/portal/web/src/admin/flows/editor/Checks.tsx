import { useId } from 'react'
import { Checkbox } from '../../../ui/Field'
import fields from '../../../ui/Field.module.css'
import { At } from './At'

interface Props<T extends string> {
  label: string
  pointer: string
  options: { value: T; label: string }[]
  value: T[]
  onChange: (value: T[]) => void
}

/** Some of a few, in the order in which they are offered. */
export function Checks<T extends string>({ label, pointer, options, value, onChange }: Props<T>) {
  const id = useId()
  const toggle = (one: T, on: boolean) => onChange(options.map((option) => option.value).filter((v) => (v === one ? on : value.includes(v))))
  return (
    <fieldset className={fields.field} aria-describedby={`${id}-found`}>
      <legend className={fields.label}>{label}</legend>
      {options.map((option) => <Checkbox key={option.value} label={option.label} checked={value.includes(option.value)} onChange={(event) => toggle(option.value, event.target.checked)} />)}
      <At pointer={pointer} id={`${id}-found`} />
    </fieldset>
  )
}
