import { useState } from 'react'
import { Button } from '../../../ui/Button'
import { newStep, type StepDraft } from '../form/draft'
import { useFlowWords } from '../words'
import { At } from './At'
import type { Editing } from './edit'
import styles from './Editor.module.css'
import { moved } from './move'
import { Order } from './Order'
import { Section } from './Section'
import { StepEditor } from './StepEditor'

/** The steps of a flow, in their order. */
export function StepsPart({ draft, edit }: Editing) {
  const { t } = useFlowWords()
  const [said, setSaid] = useState('')
  const { steps } = draft
  const put = (next: StepDraft[]) => edit({ steps: next }, '/steps')
  return (
    <Section words={t.section.steps}>
      <ol className={styles.items}>
        {steps.map((step, n) => (
          <li key={step.key} className={styles.item}>
            <div className={styles.itemHead}>
              <h3><span className={styles.number} aria-hidden="true">{n + 1}</span><span className="hidden">{t.step.title(n + 1)}</span></h3>
              <Order n={n} of={steps.length} words={t.step} onRemove={() => put(steps.toSpliced(n, 1))} onMove={(to) => {
                put(moved(steps, n, to))
                setSaid(t.step.moved(to + 1))
              }} />
            </div>
            <StepEditor step={step} pointer={`/steps/${n}`} onChange={(change, ...touched) => edit({ steps: steps.with(n, { ...step, ...change }) }, ...touched)} />
            <At pointer={`/steps/${n}`} />
          </li>
        ))}
      </ol>
      <At pointer="/steps" />
      <div className={styles.adder}><Button onClick={() => put([...steps, newStep()])}>{t.step.add}</Button></div>
      <p className="hidden" role="status">{said}</p>
    </Section>
  )
}
