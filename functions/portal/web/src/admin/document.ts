// A document of the configuration: read with its ETag, changed with If-Match.
import { useMutation, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { asApiError } from '../api/problem'
import { useSay } from '../ui/Toasts'
import { useAdminT } from './messages'
import { directoryKey } from './ui/directory'

export interface Versioned<T> { data: T; etag: string }

/** Reads a document. It is not read again by itself while it is edited, but `every` so many milliseconds where it says more than was written. */
export function useDocument<T>(key: QueryKey, read: () => Promise<Versioned<T>>, enabled = true, every?: number) {
  return useQuery({ queryKey: ['admin', ...key], queryFn: read, enabled, refetchOnWindowFocus: false, staleTime: Infinity, refetchInterval: every })
}

/** The headers of a change to what was read, or of a creation. */
export function onlyIf(etag: string | undefined) {
  return etag === undefined ? { 'If-None-Match': '*' } : { 'If-Match': etag }
}

/** Whether a change was refused because someone else was faster. */
export function overtaken(error: unknown): boolean { return asApiError(error)?.code === 'version_mismatch' }

/** A write of the configuration: everything of the admin's is read anew after it. `said: ''` where the page says itself that it went well. */
export function useWrite<Input, Output>(write: (input: Input) => Promise<Output>, options: { said?: string; done?: (output: Output) => void } = {}) {
  const client = useQueryClient()
  const say = useSay()
  const t = useAdminT()
  return useMutation({
    mutationFn: write,
    onSuccess: async (output) => {
      const said = options.said ?? t.document.saved
      if (said) say(said)
      options.done?.(output)
      await Promise.all([['admin'], directoryKey, ['catalog'], ['me']].map((queryKey) => client.invalidateQueries({ queryKey })))
    },
  })
}
