// What an admin does in the portal.
import type { Schemas } from '../world/api'
import { Approver } from './approver'

export class Admin extends Approver {
  /** Says where people turn for help. */
  async setsSupport(address: string) {
    await this.api.change<Schemas['Settings']>('/v1/admin/settings', (settings) => ({ ...settings, support_url: address, version: undefined }))
  }
}
