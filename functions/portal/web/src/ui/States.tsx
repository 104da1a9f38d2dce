// What a page shows while it has nothing else to show.
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useT } from '../i18n'
import { Button } from './Button'
import { Notice, ProblemNotice } from './Notice'
import styles from './States.module.css'

export function Empty({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      {children}
    </div>
  )
}

export function Loading({ rows = 4 }: { rows?: number }) {
  const t = useT()
  return (
    <div className={styles.bones} role="status">
      <span className="hidden">{t.state.loading}</span>
      {Array.from({ length: rows }, (_, n) => <div key={n} className={styles.bone} />)}
    </div>
  )
}

interface Props<T> {
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
  rows?: number
}

/** Renders what a query has; while it has nothing, that it loads or why it failed. */
export function Loaded<T>({ query, children, rows }: Props<T>) {
  const t = useT()
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Notice kind="warn" live>{t.state.stale}</Notice>}
        {children(query.data)}
      </>
    )
  }
  if (!query.isError) return <Loading rows={rows} />
  return (
    <div className="stack">
      <ProblemNotice error={query.error} />
      <div><Button onClick={() => void query.refetch()} busy={query.isFetching}>{t.state.retry}</Button></div>
    </div>
  )
}
