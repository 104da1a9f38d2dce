import { Children, type ReactNode } from 'react'
import styles from './RefList.module.css'

/** Links side by side, as many as fit on a line. */
export function RefList({ children }: { children: ReactNode }) {
  return <ul className={styles.list}>{Children.map(children, (child) => <li>{child}</li>)}</ul>
}
