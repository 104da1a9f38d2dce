import { useState } from 'react'
import { useT } from '../../i18n'
import { now } from '../../lib/clock'
import { seconds } from '../../lib/duration'
import { TextField } from '../../ui/Field'
import { localInput } from './form'

/** Whether a start was begun and is not whole: such a field has no value, as if it were empty. */
export function startIsHalf(form: HTMLFormElement | null): boolean {
  return form?.querySelector<HTMLInputElement>('[type="datetime-local"]')?.validity.badInput ?? false
}

interface Props {
  within: string
  value: string
  error?: string
  onChange: (value: string) => void
}

/** When the access is to begin, in local time. */
export function StartsAtField({ within, value, error, onChange }: Props) {
  const t = useT()
  const [opened] = useState(now)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <TextField
      type="datetime-local"
      label={t.requests.form.startsAt}
      hint={t.requests.form.startsHint(zone)}
      min={localInput(opened)}
      max={localInput(opened + (seconds(within) ?? 0) * 1000)}
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
