import { useWords } from '../../i18n'
import { inWords } from '../../lib/duration'
import { Select } from '../../ui/Field'
import { upTo } from './durations'
import styles from './Decide.module.css'

interface Props {
  label: string
  /** The longest that can be given. */
  whole: string
  /** What was asked for: the same, or more where an approver before has shortened it. */
  asked: string
  value: string
  onChange: (duration: string) => void
  error?: string
}

/** How long: all of it, or less. As text where there is nothing less to give. */
export function DurationChoice({ label, whole, asked, value, onChange, error }: Props) {
  const { t, locale } = useWords()
  const words = t.request.decide
  const most = (whole === asked ? words.asAsked : words.asShortened)(inWords(whole, locale))
  const choices = upTo(whole)
  if (choices.length === 1) return <div><p className={styles.label}>{label}</p><p>{most}</p></div>
  return (
    <Select label={label} hint={words.shorter} value={value} onChange={(event) => onChange(event.target.value)} error={error}>
      {choices.map((duration) => <option key={duration} value={duration}>{duration === whole ? most : inWords(duration, locale)}</option>)}
    </Select>
  )
}
