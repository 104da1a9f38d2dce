// What Slack sends a person back with, in the address of /integrations/slack. It
// connects whoever has it, once; so it leaves the address, and with it the history,
// the referrer and what a sign-in is to come back to, before anything else happens.
import type { Schemas } from '../api/client'

const place = '/integrations/slack'

export type Returned = { answer: Schemas['SlackSignInAnswer'] } | { refused: string }

/** Reads an address; undefined where nobody was sent back. */
export function readReturned(path: string, search: string): Returned | undefined {
  if (path !== place) return undefined
  const query = new URLSearchParams(search)
  const [code, state, error] = [query.get('code'), query.get('state'), query.get('error')]
  if (error) return { refused: error }
  return code && state ? { answer: { code, state } } : undefined
}

let kept: Returned | undefined // for as long as this page lives

/** Takes it out of the address of the page. */
export function takeReturned() {
  if (location.pathname !== place) return
  kept = readReturned(location.pathname, location.search)
  history.replaceState(null, '', place)
}

export function returned() { return kept }
