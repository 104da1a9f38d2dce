import { useId } from 'react'
import field from '../../ui/Field.module.css'
import { useAdminT } from '../messages'
import styles from './SearchBox.module.css'

interface Props {
  value: string
  onChange: (value: string) => void
  /** How many fit, of how many that were read. */
  shown: number
  all: number
  /** Whether there are more than those. */
  more: boolean
}

/** Looks through what was read of a list. */
export function SearchBox({ value, onChange, shown, all, more }: Props) {
  const { document, documents: { editor: t } } = useAdminT()
  const id = useId()
  return (
    <div className={styles.search} role="search">
      <label htmlFor={id} className="hidden">{document.search}</label>
      <input id={id} type="search" className={field.control} placeholder={document.search} value={value} onChange={(event) => onChange(event.target.value)} autoComplete="off" spellCheck={false} />
      <p role="status" className="quiet small">{value !== '' && t.filtered(shown, all)}</p>
      {value !== '' && more && <p className="quiet small">{t.moreToSearch}</p>}
    </div>
  )
}
