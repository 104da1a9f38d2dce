import { Checkbox, TextArea, TextField } from '../../../ui/Field'
import type { FieldDraft } from '../form/draft'
import { idFrom } from '../form/ids'
import { useFlowWords } from '../useFlowWords'
import styles from './Editor.module.css'
import { useAt } from './findings'
import { More } from './More'

interface Props {
  field: FieldDraft
  pointer: string
  onChange: (change: Partial<FieldDraft>, ...touched: string[]) => void
}

/** A question of the form. Its id follows its label until it has one of its own. */
export function FieldEditor({ field, pointer, onChange }: Props) {
  const { t } = useFlowWords()
  const at = (member: string) => `${pointer}/${member}`
  const follows = field.id === idFrom(field.label)
  const set = [field.choices.split('\n').filter(Boolean).join(', '), field.pattern].filter(Boolean).join(' · ')
  const relabel = (label: string) => onChange({ label, ...(follows && { id: idFrom(label) }) }, at('label'), ...(follows ? [at('id')] : []))
  return (
    <div className={styles.settings}>
      <div className={styles.beside}>
        <TextField label={t.field.label} required maxLength={100} value={field.label} onChange={(event) => relabel(event.target.value)} {...useAt(at('label'))} />
        <TextField label={t.field.id} required maxLength={32} autoComplete="off" autoCapitalize="none" spellCheck={false} value={field.id} onChange={(event) => onChange({ id: event.target.value.trim() }, at('id'))} {...useAt(at('id'))} />
      </div>
      <p className="small quiet">{t.field.idHint}</p>
      <Checkbox label={t.field.required} checked={field.required} onChange={(event) => onChange({ required: event.target.checked }, at('required'))} {...useAt(at('required'))} />
      <More label={t.more} set={set} pointers={['choices', 'pattern', 'message'].map(at)}>
        <TextArea label={t.field.choices} hint={t.field.choicesHint} rows={3} value={field.choices} onChange={(event) => onChange({ choices: event.target.value }, at('choices'))} {...useAt(at('choices'))} />
        <TextField label={t.field.pattern} hint={t.field.patternHint} maxLength={200} autoComplete="off" autoCapitalize="none" spellCheck={false} value={field.pattern} onChange={(event) => onChange({ pattern: event.target.value }, at('pattern'))} {...useAt(at('pattern'))} />
        <TextField label={t.field.message} maxLength={200} value={field.message} onChange={(event) => onChange({ message: event.target.value }, at('message'))} {...useAt(at('message'))} />
      </More>
    </div>
  )
}
