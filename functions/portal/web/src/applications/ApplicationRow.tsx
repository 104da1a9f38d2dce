import { Link } from 'wouter'
import type { Schemas } from '../api/client'
import { useWords } from '../i18n'
import { inWords } from '../lib/duration'
import { useApproverName } from '../request/Approvers'
import { EndMove } from '../request/moves/EndMove'
import type { Extending } from '../request/moves/ExtendMove'
import { LookAtEnd } from '../request/moves/LookAtEnd'
import { useRemarkLabel } from '../request/remark'
import { Button, ButtonAnchor } from '../ui/Button'
import { Moment, Remaining } from '../ui/Moment'
import styles from './Applications.module.css'

interface Props {
  held: Schemas['Access']
  /** What it was given for. */
  of?: Schemas['Request']
  onExtend: (what: Extending) => void
}

/** Something a person holds: where it is, for how long, and what they may do with it. */
export function ApplicationRow({ held, of, onExtend }: Props) {
  const { t, locale, language } = useWords()
  const words = t.applications
  const approver = useApproverName()
  const offer = held.extend
  const remarkLabel = useRemarkLabel(of)
  const name = held.resource.name ?? held.resource_id
  const { extension, remark, drift } = of ?? {}
  const who = extension && new Intl.ListFormat(locale, { type: 'disjunction' }).format(extension.approvers.map(approver))
  return (
    <li className={styles.row} data-access={held.resource_id}>
      <div className={styles.what}>
        <h2>{name}</h2>
        <p className="small quiet">
          {words.since} <Moment at={held.started_at} /> · <Link href={`/requests/${held.request_id}`} aria-label={words.requestOf(name)}>{words.request}</Link>
        </p>
        {drift && <p className="small"><strong>{t.request.page.drift[drift]}</strong></p>}
        {remark && <p className="small">{remarkLabel}: <q>{remark}</q></p>}
        {extension && <p className="small">{t.request.moves.extensionWaits(inWords(extension.duration, language), who ?? '')}</p>}
      </div>
      <div className={styles.time}>{held.ends_at ? <Remaining endsAt={held.ends_at} /> : <span className="quiet">{t.notTimed}</span>}</div>
      <div className={styles.moves}>
        {held.url && <ButtonAnchor href={held.url} look="primary">{words.open}<span className="hidden"> {name} {t.nav.newTab}</span></ButtonAnchor>}
        {offer && <Button onClick={() => onExtend({ id: held.request_id, resource: held.resource, offer })}>{t.request.moves.extend}<span className="hidden"> {name}</span></Button>}
        <EndMove id={held.request_id} resource={held.resource} offered={held.allowed_actions.includes('end')} />
      </div>
      {held.ends_at && <LookAtEnd endsAt={held.ends_at} />}
    </li>
  )
}
