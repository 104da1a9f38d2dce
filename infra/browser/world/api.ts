// The API as a person calls it, for what a story needs and no page is about.
import type { components } from '../../../functions/portal/web/src/api/schema'
import { idToken } from './aws'
import { stack } from './stack'

export type Schemas = components['schemas']

// Programs do not resolve names under localhost, as browsers do.
const base = `${stack.endpoint}/_aws/execute-api/${new URL(stack.portal).hostname.split('.')[0]}/$default`

/** The same call as a browser's, for a program. */
export function reachable(url: string): string { return url.replace(stack.portal, base) }

export class Api {
  private token?: Promise<string>

  constructor(private readonly email: string) {}

  private async call(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    this.token ??= idToken(this.email)
    const answer = await fetch(base + path, {
      method,
      headers: { Authorization: `Bearer ${await this.token}`, 'Content-Type': 'application/json', ...headers },
      body: body && JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path} as ${this.email}: ${answer.status} ${await answer.text()}`)
    return answer
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.call('GET', path)).json()) as T
  }

  /** What the API answers, with its Date: the moment at which it was so. */
  async getAt<T>(path: string): Promise<{ data: T; date: number }> {
    const answer = await this.call('GET', path)
    return { data: (await answer.json()) as T, date: Date.parse(answer.headers.get('Date') ?? '') }
  }

  async post<T>(path: string, body?: object): Promise<T> {
    return (await (await this.call('POST', path, body)).json()) as T
  }

  /** Writes a document of the admin's that is not there yet. */
  async create(path: string, document: object) {
    await this.call('PUT', path, document, { 'If-None-Match': '*' })
  }

  /** Changes a document of the admin's. */
  async change<T extends object>(path: string, change: (document: T) => object) {
    const before = await this.call('GET', path)
    await this.call('PUT', path, change((await before.json()) as T), { 'If-Match': before.headers.get('ETag') ?? '' })
  }
}
