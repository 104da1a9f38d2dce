import type { Schemas } from '../../api/client'
import { useWords } from '../../i18n'
import { inWords } from '../../lib/duration'
import { Field } from '../../ui/Field'
import { other, units, type Chosen, type Unit } from './durations'
import styles from './Moves.module.css'

interface Props {
  label: string
  choices: Schemas['Duration'][]
  /** Anything up to this may be chosen too. */
  max?: Schemas['Duration']
  value: Chosen
  onChange: (value: Chosen) => void
  error?: string
}

/** One of some durations, or one's own. */
export function DurationField({ label, choices, max, value, onChange, error }: Props) {
  const { t, language } = useWords()
  const own = value.choice === other
  return (
    <div className="tight">
      {choices.length > 0 && (
        <Field label={label} error={own ? undefined : error}>
          {(wired) => (
            <select {...wired} value={value.choice} onChange={(event) => onChange({ ...value, choice: event.target.value })}>
              {choices.map((one) => <option key={one} value={one}>{inWords(one, language)}</option>)}
              {max && <option value={other}>{t.requests.form.other}</option>}
            </select>
          )}
        </Field>
      )}
      {own && max && <p className="small quiet">{t.requests.form.atMost(inWords(max, language))}</p>}
      {own && (
        <div className={styles.amount}>
          <Field label={choices.length > 0 ? t.requests.form.amount : label} error={error}>
            {(wired) => <input {...wired} inputMode="decimal" autoComplete="off" value={value.amount} onChange={(event) => onChange({ ...value, amount: event.target.value })} />}
          </Field>
          <Field label={t.requests.form.unit}>
            {(wired) => (
              <select {...wired} value={value.unit} onChange={(event) => onChange({ ...value, unit: event.target.value as Unit })}>
                {(Object.keys(units) as Unit[]).map((unit) => <option key={unit} value={unit}>{t.requests.form.units[unit]}</option>)}
              </select>
            )}
          </Field>
        </div>
      )}
    </div>
  )
}
