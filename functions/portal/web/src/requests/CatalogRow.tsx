import { memo, useState } from 'react'
import { Link } from 'wouter'
import type { Schemas } from '../api/client'
import { useWords } from '../i18n'
import { inWords } from '../lib/duration'
import { Approvers } from '../request/Approvers'
import { LookAtEnd } from '../request/moves/LookAtEnd'
import { Button } from '../ui/Button'
import { Disclosure } from '../ui/Disclosure'
import { isMyTurn, isOver, requestsFor } from './mine'
import { MyRequest } from './MyRequest'
import { RowSummary } from './RowSummary'
import styles from './Requests.module.css'
import { ruleInWords } from './rule'

interface Props {
  item: Schemas['CatalogItem']
  mine: Schemas['Request'][]
  me: Schemas['Me']
  person?: Schemas['PersonRef']
  onAsk: (item: Schemas['CatalogItem']) => void
}

/** Something a person may ask for: who decides it, for how long it is given, and their own request for it. */
export const CatalogRow = memo(function CatalogRow({ item, mine, me, person, onAsk }: Props) {
  const { t, language } = useWords()
  const words = t.requests
  const requests = requestsFor(item, mine)
  const [open] = useState(() => requests.some(isMyTurn))
  const newest = requests[0]
  const unlisted = !person && !requests.some(({ id }) => id === item.open_request?.id) ? item.open_request : undefined
  const underWay = newest !== undefined && !isOver(newest)
  const select = !item.open_request && newest?.status !== 'denied' && (
    <div><Button look={underWay ? 'plain' : 'primary'} onClick={() => onAsk(item)} aria-label={`${words.select}: ${item.name}`}>{words.select}</Button></div>
  )
  const { steps, duration, starts_within: startsWithin } = item.flow
  return (
    <li data-item={item.id}>
      <Disclosure open={open} summary={<RowSummary name={item.name} description={item.description} requests={requests} />}>
        <div className={styles.inside}>
          <dl className={styles.facts}>
            <div>
              <dt>{words.decides}</dt>
              <dd>
                <ol className={styles.steps}>
                  {steps.map((step, n) => <li key={n}><Approvers approvers={step.approvers} needed={step.needed} /></li>)}
                </ol>
              </dd>
            </div>
            <div>
              <dt>{words.duration}</dt>
              {ruleInWords(duration, t, language).map((sentence) => <dd key={sentence}>{sentence}</dd>)}
            </div>
            {startsWithin && <div><dt>{words.start}</dt><dd>{words.startsWithin(inWords(startsWithin, language))}</dd></div>}
          </dl>
          {person && item.open_request && <p>{words.someone.open(person.name ?? person.id, t.status[item.open_request.status])}</p>}
          {unlisted && <p>{words.openIs(t.status[unlisted.status])} <Link href={`/requests/${unlisted.id}`} aria-label={words.detailsOf(item.name)}>{words.details}</Link></p>}
          {!underWay && select}
          {requests.map((request) => <MyRequest key={request.id} request={request} me={me} among={requests.length} />)}
          {underWay && select}
        </div>
      </Disclosure>
      {newest && <Heard name={item.name} requests={requests} />}
      {requests.map(({ id, status, ends_at: endsAt }) => status === 'active' && endsAt && <LookAtEnd key={id} endsAt={endsAt} />)}
    </li>
  )
})

/** Says aloud what becomes of a request while the page is open. */
function Heard({ name, requests }: { name: string; requests: Schemas['Request'][] }) {
  const { t } = useWords()
  const standing = requests.map(({ status }) => t.status[status]).join(', ')
  const [first] = useState(standing)
  return <span className="hidden" role="status">{standing !== first && `${name}: ${standing}`}</span>
}
