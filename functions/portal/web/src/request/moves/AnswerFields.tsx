import type { Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Field, TextField } from '../../ui/Field'
import { answerPointer } from './form'

interface Props {
  fields: Schemas['Field'][]
  answers: Schemas['Answers']
  errorAt: (pointer: string) => string | undefined
  onChange: (answers: Schemas['Answers']) => void
}

/** The flow's own questions. Whether an answer matches, the API says. */
export function AnswerFields({ fields, answers, errorAt, onChange }: Props) {
  const t = useT()
  return fields.map(({ id, label, required, choices }) => {
    const value = answers[id] ?? ''
    const error = errorAt(answerPointer(id))
    const change = (answer: string) => onChange({ ...answers, [id]: answer })
    if (!choices) {
      return <TextField key={id} label={label} required={required} maxLength={2000} autoComplete="off" value={value} error={error} onChange={(event) => change(event.target.value)} />
    }
    return (
      <Field key={id} label={label} optional={!required} error={error}>
        {(wired) => (
          <select {...wired} required={required} value={value} onChange={(event) => change(event.target.value)}>
            <option value="">{t.requests.form.choose}</option>
            {choices.map((choice) => <option key={choice} value={choice}>{choice}</option>)}
          </select>
        )}
      </Field>
    )
  })
}
