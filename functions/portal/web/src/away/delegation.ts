// What the page reads and changes: who decides for the person.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, call, callWithETag, type Schemas } from '../api/client'
import { asApiError } from '../api/problem'
import { usePolled } from '../lib/polling'
import { isWhole } from './period'

const key = ['delegation']

export function useDelegation() {
  return usePolled({ key, read: () => callWithETag(api.GET('/v1/me/delegation')), every: [10_000, 60_000] })
}

interface Outcomes {
  /** It is so, and what is there has been read again. */
  onDone: () => void
  /** Another tab, or somebody, was faster. */
  onOvertaken: () => void
}

/** A change of what was read. Whatever becomes of it, what is there now is read again. */
function useChange<Input, Result>(change: (input: Input) => Promise<Result>, { onDone, onOvertaken }: Outcomes) {
  const client = useQueryClient()
  const again = () => client.invalidateQueries({ queryKey: key })
  return useMutation({
    mutationFn: change,
    onSuccess: () => again().then(onDone),
    onError: (error) => again().then(() => { if (wasChanged(error)) onOvertaken() }),
  })
}

export function usePutDelegation(etag: string, outcomes: Outcomes) {
  return useChange(
    (body: Schemas['DelegationInput']) => call(api.PUT('/v1/me/delegation', { params: { header: { 'If-Match': etag } }, body })),
    outcomes,
  )
}

export function useEndDelegation(etag: string, outcomes: Outcomes) {
  return useChange(() => call(api.DELETE('/v1/me/delegation', { params: { header: { 'If-Match': etag } } })), outcomes)
}

/** Whether a change was refused because what it was about had changed. */
export function wasChanged(error: unknown): boolean {
  return asApiError(error)?.code === 'version_mismatch'
}

/** What a text has become once nobody has typed for a moment. */
function useSettled(text: string, after = 500): string {
  const [settled, settle] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => settle(text), after)
    return () => clearTimeout(timer)
  }, [text, after])
  return settled
}

export interface Found {
  /** The person of the email as it stands in the field. */
  person?: Schemas['PersonRef']
  nobody: boolean
  looking: boolean
  error: unknown
}

/** Looks up whose an email is, once it is whole. */
export function useFound(typed: string): Found {
  const email = typed.trim()
  const settled = useSettled(email)
  const whole = isWhole(email)
  const query = useQuery({
    queryKey: ['people', settled.toLowerCase()],
    queryFn: () => call(api.GET('/v1/people', { params: { query: { email: settled } } })),
    enabled: whole && settled === email,
    staleTime: 60_000,
  })
  const known = whole && settled === email ? query.data : undefined
  return {
    person: known?.data[0],
    nobody: known?.data.length === 0,
    looking: whole && (settled !== email || query.isFetching) && !known,
    error: settled === email ? query.error : undefined,
  }
}
