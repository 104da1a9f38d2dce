import { useEffect, useRef } from 'react'
import type { Schemas } from '../../../api/client'
import { Moment } from '../../../ui/Moment'
import { Status } from '../../../ui/Status'
import { Approvers } from '../../../request/Approvers'
import { useAdminT } from '../../messages'
import { useFlowWords } from '../words'
import styles from './Simulate.module.css'
import type { Trial } from './trial'

/** What a play has shown: who could decide each step, what happened, and why. */
export function Played({ played, result }: { played: Trial; result: Schemas['Simulation'] }) {
  const { flows: { simulate: t, step: words } } = useAdminT()
  const w = useFlowWords()
  const person = (id: string | undefined) => (id ? w.who(`person:${id}`) : t.passes)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [result])
  return (
    <div className={styles.played}>
      <section className="tight">
        <h2 ref={heading} tabIndex={-1}>{t.whoTitle(person(played.requester), w.resource(played.resource))}</h2>
        <ol className={styles.steps}>
          {result.steps.map((step, n) => (
            <li key={n}>
              <span className={styles.number} aria-hidden="true">{n + 1}</span>
              <div>
                <div><span className="hidden">{words.title(n + 1)}: </span><Approvers approvers={step.approvers} needed={step.needed} /></div>
                {step.people.length > 0
                  ? <ul className={styles.people}>{step.people.map(({ id, name }) => <li key={id}>{name ?? id}</li>)}</ul>
                  : <p className={styles.nobody}>{t.nobodyCould}</p>}
              </div>
            </li>
          ))}
        </ol>
      </section>
      <section className="tight">
        <h2>{t.thenTitle}</h2>
        <ol className={styles.outcomes}>
          {result.outcomes.map((outcome, n) => <Outcome key={n} outcome={outcome} who={n === 0 ? t.submits(person(played.requester)) : said(played.acts[n - 1])} />)}
        </ol>
      </section>
      {result.sentences && result.sentences.length > 0 && (
        <section className="tight">
          <h2>{t.whyTitle}</h2>
          <ul className={styles.sentences} lang="en">{result.sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
        </section>
      )}
    </div>
  )

  function said(act: Trial['acts'][number] | undefined): string {
    return act?.by ? `${person(act.by)}: ${t.verdict[act.decision]}` : t.passes
  }
}

function Outcome({ outcome, who }: { outcome: Schemas['SimulatedOutcome']; who: string }) {
  const { flows: { simulate: t } } = useAdminT()
  return (
    <li>
      <div className="line"><strong>{who}</strong><span className="small quiet"><Moment at={outcome.at} /></span></div>
      <div className="line">
        {outcome.status && <Status status={outcome.status} />}
        {outcome.step !== undefined && <span className="small">{t.waitsFor(outcome.step)}</span>}
        {outcome.events.length > 0 && <span className="small quiet">{outcome.events.map((event) => t.events[event] ?? event).join(' · ')}</span>}
      </div>
      {outcome.refused && <p className={styles.nobody}>{t.refused}: {outcome.refused.detail ?? outcome.refused.title}</p>}
    </li>
  )
}
