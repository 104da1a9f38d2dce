import type { ComponentProps } from 'react'
import { Link } from 'wouter'
import styles from './Button.module.css'

export type Look = 'primary' | 'plain' | 'danger' | 'bare'

interface Props extends ComponentProps<'button'> {
  look?: Look
  /** What it does is under way: it stays in the order of keys, and does nothing. */
  busy?: boolean
}

export function Button({ look = 'plain', busy = false, type = 'button', onClick, children, className = '', ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      className={`${styles.button} ${styles[look]} ${className}`}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {busy && <span className={styles.wheel} aria-hidden="true" />}
      {children}
    </button>
  )
}

/** Leads to another page of the portal. */
export function ButtonLink({ to, look = 'plain', children }: { to: string; look?: Look; children: React.ReactNode }) {
  return <Link href={to} className={`${styles.button} ${styles[look]}`}>{children}</Link>
}

/** Leads elsewhere, in a new tab. */
export function ButtonAnchor({ href, look = 'plain', children }: { href: string; look?: Look; children: React.ReactNode }) {
  return <a href={href} target="_blank" rel="noreferrer" className={`${styles.button} ${styles[look]}`}>{children}</a>
}
