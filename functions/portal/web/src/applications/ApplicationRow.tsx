import { Link } from 'wouter'
import type { Schemas } from '../api/client'
import { useWords } from '../i18n'
import { inWords } from '../lib/duration'
import { useApproverName } from '../request/Approvers'
import { EndMove } from '../request/moves/EndMove'
import { ExtendMove } from '../request/moves/ExtendMove'
import { LookAtEnd } from '../request/moves/LookAtEnd'
import { ButtonAnchor } from '../ui/Button'
import { Moment, Remaining } from '../ui/Moment'
import styles from './Applications.module.css'

interface Props {
  held: Schemas['Access']
  /** More time that was asked for and waits for a decision. */
  extension?: Schemas['Extension']
}

/** Something a person holds: where it is, for how long, and what they may do with it. */
export function ApplicationRow({ held, extension }: Props) {
  const { t, locale, language } = useWords()
  const words = t.applications
  const approver = useApproverName()
  const name = held.resource.name ?? held.resource_id
  const who = extension && new Intl.ListFormat(locale, { type: 'disjunction' }).format(extension.approvers.map(approver))
  return (
    <li className={styles.row} data-access={held.resource_id}>
      <div className={styles.what}>
        <h2>{name}</h2>
        <p className="small quiet">
          {words.since} <Moment at={held.started_at} /> · <Link href={`/requests/${held.request_id}`} aria-label={words.requestOf(name)}>{words.request}</Link>
        </p>
        {extension && <p className="small">{t.request.moves.extensionWaits(inWords(extension.duration, language), who ?? '')}</p>}
      </div>
      <div className={styles.time}>{held.ends_at ? <Remaining endsAt={held.ends_at} /> : <span className="quiet">{t.notTimed}</span>}</div>
      <div className={styles.moves}>
        {held.url && <ButtonAnchor href={held.url} look="primary">{words.open}<span className="hidden"> {name} {t.nav.newTab}</span></ButtonAnchor>}
        <ExtendMove id={held.request_id} resource={held.resource} offer={held.extend} />
        <EndMove id={held.request_id} resource={held.resource} offered={held.allowed_actions.includes('end')} />
      </div>
      {held.ends_at && <LookAtEnd endsAt={held.ends_at} />}
    </li>
  )
}
