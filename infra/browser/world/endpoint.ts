// The company's own webhook endpoint, which gives what it is told to give and can be
// told to make trouble (infra/local/endpoint).
import { stack } from './stack'

interface Trouble {
  /** The calls that meet it; all, if left out. */
  on?: 'access.ensure' | 'access.observe'
  /** What it answers; nothing, until the caller gives up, if left out. */
  status?: number
  /** How many calls meet it; all, if left out. */
  times?: number
}

/** Where the endpoint gives a resource. */
export const pathOf = (resource: string) => `/${resource}`

/** Lets the calls about a resource meet trouble from now on; none ends it. */
export async function meetsTrouble(resource: string, ...troubles: Trouble[]) {
  const answer = await fetch(`${stack.webhooks.control}/troubles?path=${encodeURIComponent(pathOf(resource))}`, { method: 'PUT', body: JSON.stringify(troubles) })
  if (!answer.ok) throw new Error(`endpoint: ${answer.status} ${await answer.text()}`)
}
