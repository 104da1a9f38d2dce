import { Button } from '../../../ui/Button'
import fields from '../../../ui/Field.module.css'
import type { Schemas } from '../../../api/client'
import { newChoice, type ChoiceDraft } from '../form/draft'
import { useFlowWords } from '../words'
import { At } from './At'
import type { Editing } from './edit'
import styles from './Editor.module.css'
import { ExtendEditor } from './ExtendEditor'
import { Mark } from './Mark'
import { Radios } from './Radios'
import { Section } from './Section'
import { SpanField } from './SpanField'

const modes: Schemas['DurationMode'][] = ['choice', 'fixed', 'none']

/** For how long access is given. */
export function DurationPart({ draft, edit }: Editing) {
  const { t } = useFlowWords()
  const { mode } = draft
  const choices = mode === 'fixed' ? draft.choices.slice(0, 1) : draft.choices
  const put = (next: ChoiceDraft[], ...touched: string[]) => edit({ choices: next }, ...touched)
  return (
    <Section words={t.section.duration}>
      <Radios
        label={t.mode.label} value={mode} pointer="/duration/mode" options={modes.map((value) => ({ value, label: t.mode[value] }))}
        onChange={(value) => edit({ mode: value, choices: draft.choices.length > 0 ? draft.choices : [newChoice()] }, '/duration')}
      />
      {mode !== 'none' && (
        <div role="group" aria-label={mode === 'fixed' ? t.fixedFor : t.choices} className={fields.field}>
          <span className={fields.label}>{mode === 'fixed' ? t.fixedFor : t.choices}</span>
          <ul className={styles.choices}>
            {choices.map((choice, n) => (
              <li key={choice.key}>
                <SpanField quiet label={mode === 'fixed' ? t.fixedFor : t.choice(n + 1)} pointer={`/duration/choices/${n}`} value={choice} onChange={(span) => put(draft.choices.with(n, { ...choice, ...span }), `/duration/choices/${n}`)} />
                {mode === 'choice' && <Mark label={t.remove(t.choice(n + 1))} onClick={() => put(draft.choices.toSpliced(n, 1), '/duration/choices')}>×</Mark>}
              </li>
            ))}
          </ul>
          {mode === 'choice' && <div className={styles.adder}><Button look="bare" onClick={() => put([...draft.choices, newChoice()], '/duration/choices')}>+ {t.addChoice}</Button></div>}
          <At pointer="/duration/choices" />
        </div>
      )}
      {mode === 'choice' && <SpanField label={t.max} hint={t.maxHint} pointer="/duration/max" value={draft.max} onChange={(max) => edit({ max }, '/duration/max', '/duration/choices')} />}
      {mode !== 'none' && <ExtendEditor draft={draft} edit={edit} />}
      <At pointer="/duration" />
    </Section>
  )
}
