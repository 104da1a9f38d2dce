import type { Schemas } from '../../api/client'
import { asApiError } from '../../api/problem'

/** A page of a history; an empty one where there never was anything of which to tell. */
export async function orNone(page: Promise<Schemas['EventPage']>): Promise<Schemas['EventPage']> {
  try {
    return await page
  } catch (error) {
    if (asApiError(error)?.code === 'not_found') return { data: [] }
    throw error
  }
}
