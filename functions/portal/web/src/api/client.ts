// The API of Latchkey, typed by its contract. Every answer sets the clock; a
// read sends the ETag of what is known, and an unchanged answer costs no body.
import createClient, { type Middleware } from 'openapi-fetch'
import { heard } from '../lib/clock'
import { ApiError, readProblem } from './problem'
import type { components, paths } from './schema'

export type Schemas = components['schemas']
export type Problem = Schemas['Problem']

/** What the client needs of whoever signs people in. */
export interface Bearer {
  /** The ID token, or undefined while nobody is signed in. */
  token(): Promise<string | undefined>
  /** There is no token any more, or the API refused it. */
  refused(): void
}

let bearer: Bearer = { token: () => Promise.resolve(undefined), refused: () => undefined }
export function signWith(b: Bearer) { bearer = b }

interface Known { etag: string; body: string; type: string }
const known = new Map<string, Known>()
const mostKnown = 200

/** Forgets every answer: they are one person's. */
export function forgetAnswers() { known.clear() }

const sent = new WeakMap<Request, { at: number; before: Known | undefined }>()

const transport: Middleware = {
  async onRequest({ request }) {
    const token = await bearer.token()
    if (!token) {
      bearer.refused()
      return new Response(null, { status: 401 }) // what the API would say
    }
    request.headers.set('Authorization', `Bearer ${token}`)
    const before = request.method === 'GET' ? known.get(request.url) : undefined
    if (before) request.headers.set('If-None-Match', before.etag)
    sent.set(request, { at: Date.now(), before })
    return request
  },
  async onResponse({ request, response }) {
    const { at, before } = sent.get(request) ?? { at: Date.now() }
    heard(response.headers.get('Date'), at, Date.now())
    if (response.status === 401) bearer.refused()
    if (request.method !== 'GET') return response
    if (response.status === 304 && before) {
      return new Response(before.body, { status: 200, headers: { 'Content-Type': before.type, ETag: before.etag } })
    }
    const etag = response.headers.get('ETag')
    if (response.ok && etag) {
      known.delete(request.url)
      if (known.size >= mostKnown) known.delete(known.keys().next().value!)
      known.set(request.url, { etag, body: await response.clone().text(), type: response.headers.get('Content-Type') ?? '' })
    }
    return response
  },
  onError: ({ error, request }) => ApiError.unreachable(error, request.method !== 'GET'),
}

export const api = createClient<paths>({ baseUrl: location.origin, cache: 'no-store' })
api.use(transport)

interface Answer<T> { data?: T; error?: unknown; response: Response }

/** What a call answered, or an ApiError. `call(api.GET('/v1/me'))` */
export async function call<T>(answer: Promise<Answer<T>>): Promise<T> {
  return (await callWithETag(answer)).data
}

/** The same with the answer's ETag, to be sent as If-Match with a change. */
export async function callWithETag<T>(answer: Promise<Answer<T>>): Promise<{ data: T; etag: string }> {
  let got: Answer<T>
  try {
    got = await answer
  } catch (cause) {
    throw cause instanceof ApiError ? cause : ApiError.unreachable(cause)
  }
  const { response } = got
  if (!response.ok) throw readProblem(response, got.error)
  return { data: got.data as T, etag: response.headers.get('ETag') ?? '' }
}

interface Page<T> { data: T[]; next_cursor?: string }

/** Every page of a list, at most `pages` of them. */
export async function everyPage<T>(page: (cursor?: string) => Promise<Page<T>>, pages = 10): Promise<T[]> {
  const all: T[] = []
  let cursor: string | undefined
  for (let n = 0; n < pages; n++) {
    const got = await page(cursor)
    all.push(...got.data)
    cursor = got.next_cursor
    if (!cursor) break
  }
  return all
}
