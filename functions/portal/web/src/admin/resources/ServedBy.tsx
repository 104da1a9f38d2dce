import { Link } from 'wouter'
import { useAdminT } from '../messages'
import { Tag } from '../ui/Tag'
import { useFlows } from './useFlows'

/** The flows by which a resource can be asked for. */
export function ServedBy({ id }: { id: string }) {
  const t = useAdminT().documents.resources
  const flows = useFlows().data
  if (!flows) return null
  const serving = flows.filter((flow) => flow.resources.includes(id))
  if (serving.length === 0) return <Tag tone="wait">{t.unserved}</Tag>
  return (
    <span className="line">
      {serving.map((flow) => (
        <span key={flow.id}><Link href={`/admin/flows/${flow.id}`}>{flow.name}</Link>{!flow.enabled && <> <Tag>{t.flowOff}</Tag></>}</span>
      ))}
    </span>
  )
}
