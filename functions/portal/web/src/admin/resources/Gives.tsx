import type { Schemas } from '../../api/client'
import { useAdminT } from '../messages'
import { Ref } from '../ui/Ref'
import styles from './Gives.module.css'
import { wayOf } from './resourceForm'

function target(connector: Schemas['Connector']) {
  const { group, device, url, account, group_id } = connector
  if (group) return <Ref kind="groups" id={group} />
  if (device) return <Ref kind="devices" id={device} />
  return <code className={styles.target}>{url ?? account ?? group_id}</code>
}

/** How access to a resource is given, and where. */
export function Gives({ connector }: { connector: Schemas['Connector'] }) {
  const t = useAdminT().documents.resources
  return <div className={styles.gives}><span>{t.ways[wayOf(connector)] ?? connector.type}</span>{target(connector)}</div>
}
