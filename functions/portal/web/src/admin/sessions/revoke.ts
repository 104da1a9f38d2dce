import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, call, type Schemas } from '../../api/client'
import { useTook } from '../../api/queries'

const atOnce = 100 // the most that one call takes

export interface Outcome {
  revoked: string[]
  /** Why others could not be. */
  refused: Map<string, Schemas['Problem']>
}

/** Revokes requests, a hundred a call. What became of each is known as it goes on, also where it stops halfway. */
export function useRevocations() {
  const took = useTook()
  const [outcome, setOutcome] = useState<Outcome>({ revoked: [], refused: new Map() })
  const run = useMutation({
    mutationFn: async ({ ids, ...why }: { ids: string[] } & Omit<Schemas['RevocationsInput'], 'request_ids'>) => {
      const so: Outcome = { revoked: [], refused: new Map() }
      setOutcome(so)
      for (let n = 0; n < ids.length; n += atOnce) {
        const { data } = await call(api.POST('/v1/admin/revocations', { body: { request_ids: ids.slice(n, n + atOnce), ...why } }))
        for (const one of data) {
          if (one.problem) so.refused.set(one.request_id, one.problem)
          else so.revoked.push(one.request_id)
        }
        setOutcome({ revoked: [...so.revoked], refused: new Map(so.refused) })
      }
    },
    onSettled: () => took(),
  })
  return { ...outcome, run }
}
