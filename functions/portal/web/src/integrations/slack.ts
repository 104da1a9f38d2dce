// What these pages read and change: as whom the person acts in Slack.
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, call, callWithETag } from '../api/client'
import { asApiError } from '../api/problem'
import { usePolled } from '../lib/polling'
import { returned } from './returned'

const key = ['slack']

export function useSlack() {
  return usePolled({ key, read: () => callWithETag(api.GET('/v1/me/integrations/slack')), every: [10_000, 60_000] })
}

/** Goes to Slack, to choose the workspace and agree there. */
export function useConnect() {
  return useMutation({
    mutationFn: () => call(api.POST('/v1/me/integrations/slack')),
    onSuccess: ({ authorize_url }) => location.assign(authorize_url),
  })
}

/** Whether what was read is not true any more. */
export function wasChanged(error: unknown): boolean {
  return asApiError(error)?.code === 'version_mismatch'
}

export function useDisconnect(etag: string, done: () => void) {
  const client = useQueryClient()
  const again = () => client.invalidateQueries({ queryKey: key })
  return useMutation({
    mutationFn: () => call(api.DELETE('/v1/me/integrations/slack', { params: { header: { 'If-Match': etag } } })),
    onSuccess: () => again().then(done),
    onError: again,
  })
}

export type Outcome = 'connected' | 'declined' | 'nothing' | { error: unknown }

let finishing: Promise<Outcome> | undefined // once for each page: what came back is good once

async function finish(client: QueryClient): Promise<Outcome> {
  const back = returned()
  if (!back) return 'nothing'
  if ('refused' in back) return 'declined'
  try {
    client.setQueryData(key, await callWithETag(api.PUT('/v1/me/integrations/slack', { body: back.answer })))
    return 'connected'
  } catch (error) {
    return { error }
  }
}

/** Connects whoever came back from Slack; undefined until it is known what became of it. */
export function useFinish(): Outcome | undefined {
  const client = useQueryClient()
  const [outcome, setOutcome] = useState<Outcome>()
  useEffect(() => { void (finishing ??= finish(client)).then(setOutcome) }, [client])
  return outcome
}
