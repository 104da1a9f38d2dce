import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useSecond } from '../../ui/Moment'

const touched = [['access'], ['requests'], ['request'], ['catalog']]

/** From when the time is up, looks every second until what ended has left the page. */
export function LookAtEnd({ endsAt }: { endsAt: string }) {
  const client = useQueryClient()
  const second = useSecond()
  const isOver = second >= Date.parse(endsAt) / 1000
  useEffect(() => {
    if (!isOver) return
    touched.forEach((queryKey) => void client.invalidateQueries({ queryKey }, { cancelRefetch: false }))
  }, [isOver, second, client])
  return null
}
