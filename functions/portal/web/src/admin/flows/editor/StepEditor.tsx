import { Select, TextField } from '../../../ui/Field'
import type { StepDraft } from '../form/draft'
import { ofSpan } from '../form/span'
import { useFlowWords, type FlowWords } from '../words'
import styles from './Editor.module.css'
import { useAt } from './findings'
import { More } from './More'
import { SpanField } from './SpanField'
import { approverKinds } from './WordAdder'
import { WordList } from './WordList'

interface Props {
  step: StepDraft
  pointer: string
  onChange: (change: Partial<StepDraft>, ...touched: string[]) => void
}

/** Who decides a step, how many of them, and what happens if nobody does. */
export function StepEditor({ step, pointer, onChange }: Props) {
  const words = useFlowWords()
  const { t } = words
  const at = (member: string) => `${pointer}/${member}`
  const needed = useAt(at('needed'))
  const touched = [at('needed'), at('fallback')]
  return (
    <div className={styles.settings}>
      <WordList label={t.step.approvers} add={t.step.addApprover} kinds={approverKinds} pointer={at('approvers')} value={step.approvers} onChange={(approvers) => onChange({ approvers }, at('approvers'), at('needed'))} />
      <div className={styles.beside}>
        <Select label={t.step.needed} value={step.needed} onChange={(event) => onChange({ needed: event.target.value as StepDraft['needed'] }, ...touched)} {...(step.needed === 'count' ? {} : needed)}>
          <option value="any">{t.step.any}</option>
          <option value="count">{t.step.count}</option>
          <option value="all">{t.step.all}</option>
        </Select>
        {step.needed === 'count' && (
          <TextField label={t.step.countLabel} required type="number" inputMode="numeric" min={1} step={1} value={step.count} onChange={(event) => onChange({ count: event.target.value }, ...touched)} {...needed} />
        )}
      </div>
      <More label={t.step.waiting} set={waits(step, words)} pointers={['fallback', 'escalate_after', 'skip_after'].map(at)}>
        <WordList label={t.step.fallback} hint={step.needed === 'all' && t.step.fallbackAll} add={t.step.addFallback} kinds={approverKinds} pointer={at('fallback')} value={step.fallback} onChange={(fallback) => onChange({ fallback }, at('fallback'), at('escalate_after'))} />
        <SpanField label={t.step.escalateAfter} pointer={at('escalate_after')} value={step.escalateAfter} onChange={(escalateAfter) => onChange({ escalateAfter }, at('escalate_after'))} />
        <SpanField label={t.step.skipAfter} hint={t.step.skipHint} pointer={at('skip_after')} value={step.skipAfter} onChange={(skipAfter) => onChange({ skipAfter }, at('skip_after'))} />
      </More>
    </div>
  )
}

/** What happens to a step that nobody decides. */
function waits(step: StepDraft, words: FlowWords): string {
  const [escalates, skips] = [ofSpan(step.escalateAfter), ofSpan(step.skipAfter)]
  const parts = [
    step.fallback.length > 0 && escalates && words.t.step.escalates(words.audience(step.fallback), words.span(escalates)),
    skips && words.t.step.skips(words.span(skips)),
  ].filter((part): part is string => Boolean(part))
  return parts.length > 0 ? words.list(parts) : words.t.step.waitsOn
}
