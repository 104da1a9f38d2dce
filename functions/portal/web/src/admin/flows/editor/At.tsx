import { useAt } from './findings'
import styles from './Editor.module.css'

/** The findings about a whole group, which no single control could bear. */
export function At({ pointer, id }: { pointer: string; id?: string }) {
  const { error, warning } = useAt(pointer)
  if (!error && !warning) return null
  return (
    <div id={id}>
      {error && <p className={styles.error} tabIndex={-1} data-at={pointer}>{error}</p>}
      {warning && <p className={styles.warning} tabIndex={-1} data-at={pointer}>{warning}</p>}
    </div>
  )
}
