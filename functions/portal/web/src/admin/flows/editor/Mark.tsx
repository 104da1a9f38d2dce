import type { ComponentProps } from 'react'
import styles from './Editor.module.css'

interface Props extends ComponentProps<'button'> {
  label: string
  /** It has nothing to do now; it keeps its place in the order of keys. */
  idle?: boolean
}

/** A small button that is a sign: up, down, remove. */
export function Mark({ label, idle, onClick, children, ...rest }: Props) {
  return (
    <button {...rest} type="button" className={styles.mark} aria-label={label} title={label} aria-disabled={idle || undefined} onClick={idle ? undefined : onClick}>
      <span aria-hidden="true">{children}</span>
    </button>
  )
}
