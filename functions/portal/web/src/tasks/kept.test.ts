import { expect, it } from 'vitest'
import type { Schemas } from '../api/client'
import { drop, keep, rowsOf } from './kept'

const task = (id: string) => ({ id }) as Schemas['Request']
const shown = (kept: ReturnType<typeof keep>, waiting: Schemas['Request'][]) => rowsOf(kept, waiting).map((row) => row.task.id + (row.left ? ' left' : ''))

it('keeps what waits no more where it stood, the newest first', () => {
  const [a, b, c] = [task('req_1'), task('req_2'), task('req_3')] as const
  let kept = keep({}, [b, a])
  kept = keep(kept, [c, a])
  expect(shown(kept, [c, a])).toEqual(['req_3', 'req_2 left', 'req_1'])
})

it('forgets what is dismissed, unless it waits again', () => {
  const a = task('req_1')
  const kept = drop(keep({}, [a]), [a.id])
  expect(shown(kept, [])).toEqual([])
  expect(shown(keep(kept, [a]), [a])).toEqual(['req_1'])
})

it('is the same while nothing changes', () => {
  const a = task('req_1')
  const kept = keep({}, [a])
  expect(keep(kept, [a])).toBe(kept)
})
