import { useEffect, type ReactNode } from 'react'
import { useT } from '../i18n'
import styles from './Page.module.css'

interface Props {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  wide?: boolean
  children: ReactNode
}

/** A page with its heading, which is the document's title too. */
export function Page({ title, lead, actions, wide, children }: Props) {
  const t = useT()
  useEffect(() => { document.title = `${title} · ${t.brand}` }, [title, t])
  return (
    <div className={`${styles.page} ${wide ? styles.wide : ''}`}>
      <header className={styles.head}>
        <div>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}
