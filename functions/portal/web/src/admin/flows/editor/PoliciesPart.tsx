import { Button } from '../../../ui/Button'
import { TextArea, TextField } from '../../../ui/Field'
import { newKey, type PolicyDraft } from '../form/draft'
import { useFlowWords } from '../words'
import { At } from './At'
import type { Editing } from './edit'
import styles from './Editor.module.css'
import { useAt } from './findings'
import { Mark } from './Mark'
import { More } from './More'
import { Section } from './Section'

/** The policies that may decide a request when it is submitted. */
export function PoliciesPart({ draft, edit }: Editing) {
  const { t } = useFlowWords()
  const { policies } = draft
  const put = (next: PolicyDraft[], ...touched: string[]) => edit({ policies: next }, ...touched)
  return (
    <Section words={t.section.policies}>
      <More label={t.policy.label} set={policies.length > 0 ? t.policy.some(policies.length) : t.policy.none} pointers={['/policies']}>
        <ol className={styles.items}>
          {policies.map((policy, n) => (
            <li key={policy.key} className={styles.item}>
              <div className={styles.itemHead}>
                <h3>{t.policy.title(n + 1)}</h3>
                <div className={styles.marks}><Mark label={t.policy.remove(n + 1)} onClick={() => put(policies.toSpliced(n, 1), '/policies')}>×</Mark></div>
              </div>
              <PolicyEditor policy={policy} pointer={`/policies/${n}`} onChange={(change, touched) => put(policies.with(n, { ...policy, ...change }), touched)} />
            </li>
          ))}
        </ol>
        <At pointer="/policies" />
        <div className={styles.adder}><Button onClick={() => put([...policies, { key: newKey(), id: '', source: '' }], '/policies')}>{t.policy.add}</Button></div>
      </More>
    </Section>
  )
}

function PolicyEditor({ policy, pointer, onChange }: { policy: PolicyDraft; pointer: string; onChange: (change: Partial<PolicyDraft>, touched: string) => void }) {
  const { t } = useFlowWords()
  return (
    <div className={styles.settings}>
      <TextField label={t.id} required maxLength={63} autoComplete="off" autoCapitalize="none" spellCheck={false} value={policy.id} onChange={(event) => onChange({ id: event.target.value.trim() }, `${pointer}/id`)} {...useAt(`${pointer}/id`)} />
      <TextArea label={t.policy.source} hint={t.policy.sourceHint} required maxLength={8000} rows={8} spellCheck={false} data-code value={policy.source} onChange={(event) => onChange({ source: event.target.value }, `${pointer}/source`)} {...useAt(`${pointer}/source`)} />
      <At pointer={pointer} />
    </div>
  )
}
