// What a page shows while it has nothing else to show.
import type { UseQueryResult } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useT } from '../i18n'
import { Button } from './Button'
import { asApiError } from '../api/problem'
import { useProblemText } from '../lib/problems'
import { Notice } from './Notice'
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

/** Why a query last failed, also while it tries again: what is read or pressed does not go away. */
export function useLastError(query: { error: unknown; isFetching: boolean }): unknown {
  const [last, setLast] = useState<unknown>(null)
  const error = query.error ?? (query.isFetching ? last : null)
  if (error !== last) setLast(error)
  return error
}

/** Renders what a query has; while it has nothing, that it loads or why it failed. */
export function Loaded<T>({ query, children, rows }: Props<T>) {
  const t = useT()
  const text = useProblemText()
  const error = useLastError(query)
  const status = asApiError(query.error)?.status ?? 0
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Notice kind="warn" live>{status > 0 && status < 500 && status !== 401 ? text(query.error) : t.state.stale}</Notice>}
        {children(query.data)}
      </>
    )
  }
  if (!error) return <Loading rows={rows} />
  return <Failed error={error} again={() => void query.refetch()} busy={query.isFetching} />
}

/** What could not be read, why if that is known, and a way to try again. */
export function Failed({ error, again, busy }: { error: unknown; again: () => void; busy?: boolean }) {
  const t = useT()
  const text = useProblemText()
  const e = asApiError(error)
  return (
    <div className="stack">
      <Notice kind="bad" live title={t.state.failed}>{e && e.status > 0 && e.status < 500 && <p>{text(e)}</p>}</Notice>
      <div><Button onClick={again} busy={busy}>{t.state.retry}</Button></div>
    </div>
  )
}
