import { useFlowWords } from './words'
import styles from './Flows.module.css'

/** Whether people can ask by a flow. */
export function State({ enabled }: { enabled: boolean }) {
  const { t } = useFlowWords()
  return <span className={`${styles.state} ${enabled ? styles.on : ''}`}>{enabled ? t.enabled : t.disabled}</span>
}
