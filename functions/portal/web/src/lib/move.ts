import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Schemas } from '../api/client'
import { useTook } from '../api/queries'
import { useSay } from '../ui/Toasts'
import { useProblemText } from './problems'

/**
 * One of the moves of a request's life. Whatever becomes of it, everything it may
 * have changed is looked at again: a refusal often means that someone was faster. It
 * is said at once, and in the corner where its dialog was closed meanwhile.
 */
export function useMove<Input>(make: (input: Input) => Promise<Schemas['Request']>, options: { said?: string; done?: () => void } = {}) {
  const took = useTook()
  const say = useSay()
  const text = useProblemText()
  const there = useRef(false)
  useEffect(() => {
    there.current = true
    return () => { there.current = false }
  }, [])
  return useMutation({
    mutationFn: make,
    onSuccess: async (request) => {
      if (options.said) say(options.said)
      options.done?.()
      await took(request)
    },
    onError: (error) => {
      if (!there.current) say(text(error))
      void took()
    },
  })
}
