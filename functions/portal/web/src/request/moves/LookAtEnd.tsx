import { useQueryClient, type Query } from '@tanstack/react-query'
import { useEffect } from 'react'
import { now, onJump } from '../../lib/clock'

const touched = [['access'], ['requests', 'mine'], ['request']]
const predicate = (query: Query) => query.state.status !== 'error' // what fails has a pace of its own
const longest = 64_000 // milliseconds between two looks; after that it is looked at as ever

/** From when the time is up, looks until what ended has left the page: at once, and then ever less often. */
export function LookAtEnd({ endsAt }: { endsAt: string }) {
  const client = useQueryClient()
  useEffect(() => {
    let next: ReturnType<typeof setTimeout>
    const look = (wait: number) => {
      if (document.visibilityState === 'visible') {
        touched.forEach((queryKey) => void client.invalidateQueries({ queryKey, predicate }, { cancelRefetch: false }))
      }
      if (wait <= longest) next = setTimeout(look, wait, 2 * wait)
    }
    const arm = () => {
      clearTimeout(next)
      const left = Math.max(0, Date.parse(endsAt) - now())
      next = left > 2 ** 31 - 1 ? setTimeout(arm, 2 ** 31 - 1) : setTimeout(look, left, 1000)
    }
    arm()
    const stop = onJump(arm)
    return () => {
      clearTimeout(next)
      stop()
    }
  }, [endsAt, client])
  return null
}
