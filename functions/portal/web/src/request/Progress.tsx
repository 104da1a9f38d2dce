import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Moment } from '../ui/Moment'
import { Approvers } from './Approvers'
import styles from './Progress.module.css'

const marks: Partial<Record<Schemas['StepStatus'], string>> = { approved: '✓', denied: '✕', skipped: '↷', closed: '–' }

function Decision({ decision: d }: { decision: Schemas['Decision'] }) {
  const t = useT()
  const name = (person: Schemas['PersonRef']) => person.name ?? person.id
  return (
    <li className="small">
      {t.request.decided(d.decision, name(d.by), d.on_behalf_of && name(d.on_behalf_of), t.via[d.via])}{' '}
      <span className="quiet"><Moment at={d.at} /></span>
      {d.reason && <blockquote>{d.reason}</blockquote>}
    </li>
  )
}

/** The steps of a request: who decided, and what is awaited. Nothing where that is hidden. */
export function Progress({ steps }: { steps: Schemas['Step'][] }) {
  const t = useT()
  if (steps.length === 0) return null
  return (
    <div role="group" aria-label={t.request.progress} className="tight">
      <h3>{t.request.progress}</h3>
      <ol className={styles.steps}>
        {steps.map((step, n) => (
          <li key={n} className={`${styles.step} ${styles[step.status] ?? ''}`} data-step={step.status}>
            <span className={styles.mark} aria-hidden="true">{marks[step.status] ?? n + 1}</span>
            <div>
              <div><Approvers approvers={step.approvers} needed={step.needed} /></div>
              <div className="small quiet">{t.request.step[step.status]}</div>
              {step.decisions.length > 0 && (
                <ul className={styles.decisions}>
                  {step.decisions.map((decision, m) => <Decision key={m} decision={decision} />)}
                </ul>
              )}
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}
