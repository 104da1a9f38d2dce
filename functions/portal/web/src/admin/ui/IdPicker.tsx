import { useId, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { TextField } from '../../ui/Field'
import { meant } from './meant'

interface Props {
  label: ReactNode
  hint?: ReactNode
  error?: string
  required?: boolean
  value: string
  onChange: (value: string) => void
  options: { id: string; name?: string }[]
}

/** An id, typed or chosen from what there is; or a name, which becomes its id once it is typed. */
export function IdPicker({ options, value, onChange, ...rest }: Props) {
  const list = useId()
  const settle = () => {
    const id = meant(value, options)
    if (id !== value) onChange(id)
  }
  return (
    <>
      <TextField
        {...rest} value={value} list={list} autoComplete="off" autoCapitalize="none" spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => { if (event.key === 'Enter' && !event.defaultPrevented) flushSync(settle) }} // before it sends the form
      />
      <datalist id={list}>
        {options.map((option) => <option key={option.id} value={option.id}>{option.name}</option>)}
      </datalist>
    </>
  )
}
