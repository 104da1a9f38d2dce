import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '../../ui/Button'
import { ProblemNotice } from '../../ui/Notice'
import { Loading } from '../../ui/States'
import { useT } from '../../i18n'
import { useAdminT } from '../messages'
import styles from './Pages.module.css'

interface Page<T> { data: T[]; next_cursor?: string }

/** A list that is read page by page. */
export function usePages<T>(key: QueryKey, read: (cursor?: string) => Promise<Page<T>>) {
  return useInfiniteQuery({
    queryKey: ['admin', ...key],
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor,
  })
}

interface Props<T> {
  pages: ReturnType<typeof usePages<T>>
  empty: ReactNode
  children: (all: T[]) => ReactNode
}

/** What was read of a list so far, and a way to more. */
export function Pages<T>({ pages, empty, children }: Props<T>) {
  const t = useT()
  const { document } = useAdminT()
  if (!pages.data) {
    if (!pages.isError) return <Loading />
    return <div className="stack"><ProblemNotice error={pages.error} /><div><Button onClick={() => void pages.refetch()}>{t.state.retry}</Button></div></div>
  }
  const all = pages.data.pages.flatMap((page) => page.data)
  return (
    <div className="stack">
      {all.length > 0 ? children(all) : !pages.hasNextPage && empty}
      {pages.hasNextPage && (
        <div className={styles.more}><Button onClick={() => void pages.fetchNextPage()} busy={pages.isFetchingNextPage}>{document.more}</Button></div>
      )}
    </div>
  )
}
