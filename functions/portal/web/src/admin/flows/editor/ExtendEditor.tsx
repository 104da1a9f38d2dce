import { Checkbox, TextField } from '../../../ui/Field'
import { ofSpan } from '../form/span'
import { useFlowWords } from '../words'
import { At } from './At'
import type { Editing } from './edit'
import styles from './Editor.module.css'
import { useAt } from './findings'
import { More } from './More'
import { SpanField } from './SpanField'
import { approverKinds } from './WordAdder'
import { WordList } from './WordList'

/** Whether, how often and by how much access may be extended while it is held. */
export function ExtendEditor({ draft, edit }: Editing) {
  const words = useFlowWords()
  const { t } = words
  const times = useAt('/duration/extend/times')
  const span = ofSpan(draft.extendUpTo)
  const set = draft.extendable && span ? t.duration.extendable(Number(draft.extendTimes), words.span(span)) : t.extension.none
  return (
    <More label={t.extension.label} set={set} pointers={['/duration/extend']}>
      <Checkbox label={t.extension.allow} checked={draft.extendable} onChange={(event) => edit({ extendable: event.target.checked }, '/duration/extend')} />
      {draft.extendable && (
        <>
          <div className={styles.beside}>
            <SpanField label={t.extension.upTo} pointer="/duration/extend/up_to" value={draft.extendUpTo} onChange={(extendUpTo) => edit({ extendUpTo }, '/duration/extend/up_to')} />
            <TextField label={t.extension.times} required type="number" inputMode="numeric" min={1} step={1} value={draft.extendTimes} onChange={(event) => edit({ extendTimes: event.target.value }, '/duration/extend/times')} {...times} />
          </div>
          <WordList label={t.extension.approvers} hint={t.extension.approversHint} add={t.extension.addApprover} kinds={approverKinds} pointer="/duration/extend/approvers" value={draft.extendApprovers} onChange={(extendApprovers) => edit({ extendApprovers }, '/duration/extend/approvers')} />
        </>
      )}
      <At pointer="/duration/extend" />
    </More>
  )
}
