import { Link } from 'wouter'
import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Progress } from '../request/Progress'
import { RequesterMoves } from '../request/RequesterMoves'
import { Moment } from '../ui/Moment'
import { isOver } from './mine'
import styles from './Requests.module.css'
import { Standing } from './Standing'
import { Told } from './Told'

interface Props {
  request: Schemas['Request']
  me: Schemas['Me']
  /** How many of them stand there. */
  among: number
}

/** A request of the person's own, under what it is for. */
export function MyRequest({ request, me, among }: Props) {
  const t = useT()
  const words = t.requests
  const title = isOver(request) ? words.last : words.mine
  return (
    <div className={styles.mine} data-request={request.id}>
      <div className={styles.mineHead}>
        <h3>{title}</h3>
        <span className="small quiet"><Moment at={request.submitted_at} /></span>
        <Link className={styles.details} href={`/requests/${request.id}`} aria-label={words.detailsOf(request.resource.name ?? request.resource_id)}>{words.details}</Link>
      </div>
      {among > 1 && <div className="line"><Standing request={request} /></div>}
      <Told request={request} me={me} />
      <Progress steps={request.steps} />
      <RequesterMoves request={request} me={me} />
    </div>
  )
}
