import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '../../ui/Button'
import { Failed, Loading } from '../../ui/States'
import { useAdminT } from '../messages'
import styles from './Pages.module.css'

interface Page<T> { data: T[]; next_cursor?: string }

/** A list that is read page by page; with `every`, again after so many milliseconds, longer lists less often. */
export function usePages<T>(key: QueryKey, read: (cursor?: string) => Promise<Page<T>>, { every }: { every?: number } = {}) {
  return useInfiniteQuery({
    queryKey: ['admin', ...key],
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: (query) => every && every * (query.state.data?.pages.length ?? 1),
  })
}

interface Props<T> {
  pages: ReturnType<typeof usePages<T>>
  empty: ReactNode
  /** What is said of a list that goes on, while nothing of it was found. */
  further?: { none: ReactNode; more: ReactNode }
  children: (all: T[]) => ReactNode
}

/** What was read of a list so far, and a way to more. */
export function Pages<T>({ pages, empty, further, children }: Props<T>) {
  const { document } = useAdminT()
  if (!pages.data) {
    if (!pages.isError) return <Loading />
    return <Failed error={pages.error} again={() => void pages.refetch()} busy={pages.isFetching} />
  }
  const all = pages.data.pages.flatMap((page) => page.data)
  return (
    <div className="stack">
      {all.length > 0 ? children(all) : pages.hasNextPage ? further && <p className="quiet" role="status">{further.none}</p> : empty}
      {pages.hasNextPage && (
        <div className={styles.more}><Button onClick={() => void pages.fetchNextPage()} busy={pages.isFetchingNextPage}>{all.length === 0 && further ? further.more : document.more}</Button></div>
      )}
    </div>
  )
}
