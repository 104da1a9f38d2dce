import type { Schemas } from '../api/client'

type Request = Schemas['Request']

/** A task as it was when it last waited for the person. */
export type Kept = Readonly<Record<string, Request>>

/** Remembers what waits now, so that nothing vanishes under the reader's eyes. */
export function keep(kept: Kept, waiting: Request[]): Kept {
  if (waiting.every((task) => kept[task.id] === task)) return kept
  return { ...kept, ...Object.fromEntries(waiting.map((task) => [task.id, task])) }
}

/** Forgets tasks: they are dismissed, though one that still waits comes back. */
export function drop(kept: Kept, ids: string[]): Kept {
  return Object.fromEntries(Object.entries(kept).filter(([id]) => !ids.includes(id)))
}

export interface Row {
  task: Request
  /** Whether it does not wait for the person any more. */
  left: boolean
}

const unsettled: Schemas['Status'][] = ['pending', 'needs_info', 'missing_data', 'approved', 'granting', 'ending']

/** Whether a request stays as it is for a while, so that it need not be read again and again. */
export function isSettled(request: Request): boolean { return !unsettled.includes(request.status) }

/** Since when a task waits: since more time was asked for, if it was. */
export function waitsSince(task: Request): string { return task.extension?.asked_at ?? task.submitted_at }

/** What is shown: the newest first. */
export function rowsOf(kept: Kept, waiting: Request[]): Row[] {
  const now = new Set(waiting.map((task) => task.id))
  return Object.values(kept)
    .sort((a, b) => waitsSince(b).localeCompare(waitsSince(a)) || (a.id < b.id ? 1 : -1))
    .map((task) => ({ task, left: !now.has(task.id) }))
}
