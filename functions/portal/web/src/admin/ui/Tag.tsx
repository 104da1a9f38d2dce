import type { ReactNode } from 'react'
import styles from './Tag.module.css'

type Tone = 'plain' | 'good' | 'wait' | 'bad' | 'calm'

/** What something is, in a word or two. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${styles.tag} ${styles[tone]}`}>{children}</span>
}
