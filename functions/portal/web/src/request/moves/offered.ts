import type { Schemas } from '../../api/client'

/**
 * A move on a request. Without being offered it shows no button; a dialog that is
 * open stays, so that who comes too late reads why.
 */
export interface Offered {
  request: Schemas['Request']
  offered: boolean
}
