import type { Schemas } from '../../../api/client'

/** A version of a flow, as its event tells. */
export interface Version {
  version: number
  event: Schemas['Event']
}

function versionIn(text: string | null | undefined): number | undefined {
  if (!text) return undefined
  const version = (JSON.parse(text) as { version?: unknown }).version
  return typeof version === 'number' ? version : undefined
}

/**
 * The versions that a flow's history tells of, the newest first. Each change is
 * one; where the text of an event was erased, it follows the one before.
 */
export function versionsOf(events: Schemas['Event'][]): Version[] {
  let last = 0
  return events.map((event) => {
    last = versionIn(event.texts.after?.text) ?? last + 1
    return { version: last, event }
  }).reverse()
}
