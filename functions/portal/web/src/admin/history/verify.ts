// Holds a history against its own hashes, as the contract's `Event` says.
import type { Schemas } from '../../api/client'

type Event = Schemas['Event']

/** The first event at which a history does not hold. */
export interface Break {
  seq: number
  /**
   * `missing`: it is not there, or not in its place. `hash`: it was changed. `link`: it does not follow the one before.
   * `shown`: a member says something else than what was hashed. `text`: a text does.
   */
  why: 'missing' | 'hash' | 'link' | 'shown' | 'text'
  /** Of the member or the text. */
  name?: string
}

export interface Verdict {
  /** How many events hold, from the first one on. */
  whole: number
  /** The hash of the last of them. */
  last: string
  /** Texts that cannot be held against their digests: they were erased, or are not for the caller. */
  unread: number
  broken?: Break
}

/** Whether this browser can hash: it only does so over a safe connection. */
export function canVerify(): boolean { return typeof globalThis.crypto?.subtle === 'object' }

/**
 * Checks a whole history, from its first event: the order, the links, that each event says what was hashed, and every
 * text that is there. With `subject`, that it is the history of that.
 */
export async function verify(events: Event[], subject?: string): Promise<Verdict> {
  const verdict: Verdict = { whole: 0, last: '', unread: 0 }
  let about = subject
  for (const event of events) {
    const seq = verdict.whole + 1
    const broken = await breakOf(event, seq, verdict.last, about)
    if (broken) return { ...verdict, broken: { seq, ...broken } }
    about ??= hashed(event)?.['subject'] as string
    verdict.whole = seq
    verdict.last = event.hash
    verdict.unread += Object.values(event.texts).filter((text) => text.text === null).length
  }
  return verdict
}

async function breakOf(event: Event, seq: number, prev: string, subject?: string): Promise<Omit<Break, 'seq'> | undefined> {
  if (event.seq !== seq) return { why: 'missing' }
  if (event.prev !== prev) return { why: 'link' }
  if (event.hash !== await sha256(`${prev}\n${event.canonical}`)) return { why: 'hash' }
  const said = hashed(event)
  if (!said) return { why: 'shown', name: 'canonical' }
  const wrong = otherwise(event, said, subject)
  if (wrong) return { why: 'shown', name: wrong }
  const digests = (said['texts'] ?? {}) as Record<string, string>
  for (const name of new Set([...Object.keys(digests), ...Object.keys(event.texts)])) {
    const text = event.texts[name]
    const holds = text && text.digest === digests[name] && (text.text === null || text.digest === await sha256(`${text.salt}\n${text.text}`))
    if (!holds) return { why: 'text', name }
  }
  return undefined
}

/** The member that is shown otherwise than it was hashed. */
function otherwise(event: Event, said: Record<string, unknown>, subject?: string): string | undefined {
  if (typeof said['subject'] !== 'string' || (subject !== undefined && said['subject'] !== subject)) return 'subject'
  // The name is the directory's, of now.
  const { kind, id, on_behalf_of, via } = event.actor
  const shown: Record<string, unknown> = {
    seq: event.seq, at: event.at, type: event.type, actor: { kind, id, on_behalf_of, via }, status: event.status, details: event.details,
  }
  return Object.keys(shown).find((member) => !same(shown[member], said[member]))
}

function hashed(event: Event): Record<string, unknown> | undefined {
  try {
    const said: unknown = JSON.parse(event.canonical)
    return isRecord(said) ? said : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether two values are the same JSON, in whatever order their members stand. */
function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, n) => same(item, b[n]))
  if (isRecord(a) && isRecord(b)) return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]))
  return a === b
}

async function sha256(text: string): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
