import type { Schemas } from '../../../api/client'
import { Button } from '../../../ui/Button'
import { Select } from '../../../ui/Field'
import { useAdminT } from '../../messages'
import { IdPicker } from '../../ui/IdPicker'
import { At } from '../editor/At'
import form from '../editor/Editor.module.css'
import { useAt } from '../editor/findings'
import { Mark } from '../editor/Mark'
import { SpanField } from '../editor/SpanField'
import styles from './Simulate.module.css'
import { newAct, type ActDraft } from './trial'

const verdicts: Schemas['Verdict'][] = ['approve', 'deny', 'ask']

interface Props {
  acts: ActDraft[]
  people: Schemas['Person'][]
  onChange: (acts: ActDraft[]) => void
}

/** What happens to the request that is played, one after another. */
export function Acts({ acts, people, onChange }: Props) {
  const { flows: { simulate: t } } = useAdminT()
  return (
    <div className={form.settings}>
      <p className="small quiet">{t.actsHint}</p>
      <ol className={form.items}>
        {acts.map((act, n) => (
          <li key={act.key} className={form.item}>
            <div className={form.itemHead}>
              <strong>{t.act(n + 1)}</strong>
              <Mark label={t.removeAct(n + 1)} onClick={() => onChange(acts.toSpliced(n, 1))}>×</Mark>
            </div>
            <Act act={act} people={people} pointer={`/acts/${n}`} onChange={(change) => onChange(acts.with(n, { ...act, ...change }))} />
          </li>
        ))}
      </ol>
      <At pointer="/acts" />
      <div className={form.adder}><Button onClick={() => onChange([...acts, newAct()])}>{t.addAct}</Button></div>
    </div>
  )
}

function Act({ act, people, pointer, onChange }: { act: ActDraft; people: Schemas['Person'][]; pointer: string; onChange: (change: Partial<ActDraft>) => void }) {
  const { flows: { simulate: t } } = useAdminT()
  return (
    <div className={styles.act}>
      <SpanField label={t.after} pointer={`${pointer}/after`} value={act.after} onChange={(after) => onChange({ after })} />
      <IdPicker label={t.by} options={people} value={act.by} onChange={(by) => onChange({ by })} error={useAt(`${pointer}/by`).error} />
      {act.by !== '' && (
        <Select label={t.decision} value={act.decision} onChange={(event) => onChange({ decision: event.target.value as Schemas['Verdict'] })}>
          {verdicts.map((verdict) => <option key={verdict} value={verdict}>{t.verdict[verdict]}</option>)}
        </Select>
      )}
    </div>
  )
}
