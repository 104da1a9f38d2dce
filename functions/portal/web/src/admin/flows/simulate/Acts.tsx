import type { Schemas } from '../../../api/client'
import type { ApiError } from '../../../api/problem'
import { Button } from '../../../ui/Button'
import { Select } from '../../../ui/Field'
import { useAdminT } from '../../messages'
import { IdPicker } from '../../ui/IdPicker'
import form from '../editor/Editor.module.css'
import { Mark } from '../editor/Mark'
import { SpanField } from '../editor/SpanField'
import { newAct, type ActDraft } from './trial'
import styles from './Simulate.module.css'

const verdicts: Schemas['Verdict'][] = ['approve', 'deny', 'ask']

interface Props {
  acts: ActDraft[]
  people: Schemas['Person'][]
  onChange: (acts: ActDraft[]) => void
  problem?: ApiError
}

/** What happens to the request that is played, one after another. */
export function Acts({ acts, people, onChange, problem }: Props) {
  const { flows: { simulate: t } } = useAdminT()
  return (
    <div className={form.settings}>
      <p className="small quiet">{t.actsHint}</p>
      <ol className={form.items}>
        {acts.map((act, n) => {
          const set = (change: Partial<ActDraft>) => onChange(acts.with(n, { ...act, ...change }))
          return (
            <li key={act.key} className={form.item} aria-label={t.act(n + 1)}>
              <div className={styles.act}>
                <SpanField label={t.after} pointer={`/acts/${n}/after`} value={act.after} onChange={(after) => set({ after })} />
                <IdPicker label={t.by} options={people} value={act.by} onChange={(by) => set({ by })} error={problem?.at(`/acts/${n}/by`)} />
                {act.by !== '' && (
                  <Select label={t.decision} value={act.decision} onChange={(event) => set({ decision: event.target.value as Schemas['Verdict'] })}>
                    {verdicts.map((verdict) => <option key={verdict} value={verdict}>{t.verdict[verdict]}</option>)}
                  </Select>
                )}
                <Mark label={t.removeAct(n + 1)} onClick={() => onChange(acts.toSpliced(n, 1))}>×</Mark>
              </div>
            </li>
          )
        })}
      </ol>
      <div className={form.adder}><Button onClick={() => onChange([...acts, newAct()])}>{t.addAct}</Button></div>
    </div>
  )
}
