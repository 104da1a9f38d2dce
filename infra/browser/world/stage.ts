// Where a story plays that needs a company of its own: its people, resources
// and flows have ids that no other story has.
import { randomBytes } from 'node:crypto'
import type { Who } from '../people/person'
import { Api, type Schemas } from './api'
import { createUser } from './aws'
import { pathOf } from './endpoint'
import { stack } from './stack'

type Flow = Partial<Schemas['FlowInput']>

export class Stage {
  readonly mark = randomBytes(4).toString('hex')
  private readonly eli = new Api('eli@example.com')

  private last = 0

  id(of: string) { return `${of}-${this.mark}-${++this.last}` }

  /** Puts someone into the directory, who can sign in. */
  async hire(name: string, person: Partial<Schemas['PersonInput']> = {}): Promise<Who> {
    const who = await this.stranger(name)
    await this.eli.create(`/v1/admin/people/${who.id}`, { email: who.email, name: who.name, ...person })
    return who
  }

  /** Someone who can sign in, and whom Latchkey does not know. */
  async stranger(name: string): Promise<Who> {
    const id = this.id(name.toLowerCase())
    const who = { id, email: `${id}@example.com`, name }
    await createUser(who.email)
    return who
  }

  /** Makes a resource, which these may ask for. Who holds it is in a group. */
  async offer(name: string, to: Who[], flow: Flow = {}): Promise<string> {
    const id = this.id(name.toLowerCase().replaceAll(' ', '-'))
    const group = `${id}-users`
    await this.eli.create(`/v1/admin/groups/${group}`, { name: `Holds ${name}` })
    return this.opens(id, name, { type: 'group', group }, to, flow)
  }

  /** The same, given by the company's own endpoint. */
  async offerByWebhook(name: string, to: Who[], flow: Flow = {}): Promise<string> {
    const id = this.id(name.toLowerCase())
    const { url, secret } = stack.webhooks
    return this.opens(id, name, { type: 'webhook', url: url + pathOf(id), secret }, to, flow)
  }

  private async opens(id: string, name: string, connector: Schemas['Connector'], to: Who[], flow: Flow): Promise<string> {
    await this.eli.create(`/v1/admin/resources/${id}`, { kind: 'resource', name, url: `https://${id}.example.com`, connector })
    await this.eli.create(`/v1/admin/flows/${id}`, {
      name, resources: [id], visible_to: to.map((who) => `person:${who.id}`),
      steps: [{ approvers: ['admins'], needed: 'any' }], duration: { mode: 'none' }, ...flow,
    })
    return id
  }

  /** Asks for a resource, and gives the request's id. */
  async asks(who: Who, resource: string, more: Partial<Schemas['RequestInput']> = {}): Promise<string> {
    const request = await new Api(who.email).post<Schemas['Request']>('/v1/requests', { resource_id: resource, reason: 'To try it', ...more })
    return request.id
  }

  async decides(who: Who, request: string, decision: Schemas['Verdict'], reason?: string) {
    await new Api(who.email).post(`/v1/requests/${request}/decisions`, { decision, reason })
  }

  async suspends(who: Who) { await this.changes(who, { status: 'suspended' }) }

  async gives(who: Who, manager: string) { await this.changes(who, { manager }) }

  private async changes(who: Who, change: Partial<Schemas['PersonInput']>) {
    await this.eli.change<Schemas['Person']>(`/v1/admin/people/${who.id}`, ({ email, name, manager, groups }) => ({ email, name, manager, groups, ...change }))
  }
}
