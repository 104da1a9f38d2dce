import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useT } from '../i18n'
import styles from './Dialog.module.css'

interface Props {
  title: ReactNode
  onClose: () => void
  wide?: boolean
  children: ReactNode
}

/**
 * The browser's own modal dialog: the rest of the page is inert, Escape closes
 * it, and focus goes back to where it came from. A form has the focus at its first
 * field. Render it while it is open.
 */
export function Dialog({ title, onClose, wide, children }: Props) {
  const t = useT()
  const ref = useRef<HTMLDialogElement>(null)
  const before = useRef<Element>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    before.current ??= document.activeElement
    if (dialog && !dialog.open) {
      dialog.showModal()
      dialog.querySelector<HTMLElement>('form :is(input, select, textarea)')?.focus()
    }
    return () => {
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
    }
  }, [])
  return (
    <dialog
      ref={ref}
      className={`${styles.dialog} ${wide ? styles.wide : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClose={onClose} // a second Escape closes it without asking
    >
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <button type="button" className={styles.close} onClick={onClose} aria-label={t.actions.close}>×</button>
      </div>
      <div className={styles.body}>{children}</div>
    </dialog>
  )
}
