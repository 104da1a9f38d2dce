import type { ReactNode } from 'react'
import styles from './Alone.module.css'

/** A page without the portal around it: nobody is signed in, or nobody Latchkey knows. */
export function Alone({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <main className={styles.alone}>
      <img src="/favicon.svg" alt="" width="48" height="48" />
      <h1>{title}</h1>
      {children}
    </main>
  )
}
