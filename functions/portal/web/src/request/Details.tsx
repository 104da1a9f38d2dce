import type { ReactNode } from 'react'
import styles from './Details.module.css'

/** Names with their values; what is undefined, false or empty is left out. */
export function Details({ rows }: { rows: [name: ReactNode, value: ReactNode][] }) {
  return (
    <dl className={styles.details}>
      {rows.map(([name, value], n) => (value === undefined || value === false || value === '' ? null : (
        <div key={n} className={styles.row}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      )))}
    </dl>
  )
}
