import { expect, it } from 'vitest'
import type { Schemas } from '../api/client'
import { drop, isSettled, keep, rowsOf } from './kept'

const task = (id: string, more: Partial<Schemas['Request']> = {}) => ({ id, submitted_at: '2026-07-01T09:00:00Z', ...more }) as Schemas['Request']
const shown = (kept: ReturnType<typeof keep>, waiting: Schemas['Request'][]) => rowsOf(kept, waiting).map((row) => row.task.id + (row.left ? ' left' : ''))

it('keeps what waits no more where it stood, the newest first', () => {
  const [a, b, c] = [task('req_1'), task('req_2'), task('req_3')] as const
  let kept = keep({}, [b, a])
  kept = keep(kept, [c, a])
  expect(shown(kept, [c, a])).toEqual(['req_3', 'req_2 left', 'req_1'])
})

it('has more time that was just asked for before what has waited longer', () => {
  const held = task('req_1', { extension: { duration: 'PT1H', asked_at: '2026-07-02T09:00:00Z', approvers: [] } })
  const waiting = [held, task('req_2')]
  expect(shown(keep({}, waiting), waiting)).toEqual(['req_1', 'req_2'])
})

it('need not look again at what is settled', () => {
  expect(isSettled(task('req_1', { status: 'denied' }))).toBe(true)
  expect(isSettled(task('req_1', { status: 'granting' }))).toBe(false)
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
