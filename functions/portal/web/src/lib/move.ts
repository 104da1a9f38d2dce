import { useMutation } from '@tanstack/react-query'
import type { Schemas } from '../api/client'
import { useTook } from '../api/queries'
import { useSay } from '../ui/Toasts'

/**
 * One of the moves of a request's life. Whatever becomes of it, everything it may
 * have changed is looked at again: a refusal often means that someone was faster.
 */
export function useMove<Input>(make: (input: Input) => Promise<Schemas['Request']>, options: { said?: string; done?: () => void } = {}) {
  const took = useTook()
  const say = useSay()
  return useMutation({
    mutationFn: make,
    onSuccess: async (request) => {
      if (options.said) say(options.said)
      options.done?.()
      await took(request)
    },
    onError: () => took(),
  })
}
