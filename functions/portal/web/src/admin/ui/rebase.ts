// Two people change one document: what each of them changed, and both of it together.

/** Whether two values of a form say the same. */
export function same(a: unknown, b: unknown): boolean { return JSON.stringify(a) === JSON.stringify(b) }

/** The members in which two forms differ. */
export function changed<Form extends object>(before: Form, after: Form): (keyof Form)[] {
  return (Object.keys(after) as (keyof Form)[]).filter((key) => !same(before[key], after[key]))
}

/** Pointers of what differs, as deep as it can be told. */
export function touched(before: unknown, after: unknown, at = ''): string[] {
  if (same(before, after)) return []
  const inside = isObject(before) && isObject(after) && (!Array.isArray(before) || before.length === (after as unknown as unknown[]).length)
  return inside ? changed(before, after).flatMap((key) => touched(before[key], after[key], `${at}/${key}`)) : [at]
}

type Members = Record<string, unknown>

function isObject(value: unknown): value is Members { return typeof value === 'object' && value !== null }

/** An entry that keeps its `key` while others come, go and move. */
type Keyed = Members & { key: string }

function isKeyed(list: unknown[]): list is Keyed[] { return list.every((entry) => isObject(entry) && typeof entry.key === 'string') }

function without(list: unknown[], others: unknown[]): unknown[] { return list.filter((entry) => !others.some((other) => same(entry, other))) }

/** Theirs, with what I added and without what I took out; undefined where both made another of an entry. */
function together(base: unknown[], mine: unknown[], theirs: unknown[]): unknown[] | undefined {
  const [added, gone, came] = [without(mine, base), without(base, mine), without(theirs, base)]
  const replaced = added.length > 0 && came.length > 0 && gone.some((entry) => isObject(entry) && !theirs.some((other) => same(entry, other)))
  return replaced ? undefined : [...without(theirs, gone), ...without(added, theirs)]
}

/** Whether each entry is still where it was, so that one can be put on top of the other. */
function inPlace(base: Keyed[], mine: Keyed[], theirs: Keyed[]): boolean {
  if (mine.length !== base.length || theirs.length !== base.length) return false
  const plain = (list: Keyed[]) => list.map((entry) => JSON.stringify({ ...entry, key: '' }))
  const [before, after] = [plain(base), plain(theirs)]
  return base.every((entry, n) => mine[n]?.key === entry.key && theirs[n]?.id === entry.id && (before[n] === after[n] || !before.includes(after[n] ?? '')))
}

function merge(base: unknown, mine: unknown, theirs: unknown, at: string, both: string[]): unknown {
  if (same(base, mine) || same(mine, theirs)) return theirs
  if (same(base, theirs)) return mine
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs)) {
    if (!isKeyed([...base, ...mine, ...theirs])) {
      const all = together(base, mine, theirs)
      if (all) return all
    } else if (inPlace(base as Keyed[], mine as Keyed[], theirs as Keyed[])) {
      return mine.map((entry: Members, n) => members(base[n] as Members, entry, theirs[n] as Members, `${at}/${n}`, both))
    }
  }
  both.push(at)
  return mine
}

function members<Form extends object>(base: Form, mine: Form, theirs: Form, at: string, both: string[]): Form {
  const form = { ...theirs }
  for (const key of changed(base, mine)) form[key] = merge(base[key], mine[key], theirs[key], `${at}/${String(key)}`, both) as Form[keyof Form]
  return form
}

interface Rebased<Form> {
  /** Theirs, with what I changed. */
  form: Form
  /** Pointers of what both changed, to different ends: it is as I have it. */
  both: string[]
}

/** What I typed over `base`, carried over to what someone else made of it. Sets, and lists whose entries stayed in place, are put together entry by entry. */
export function rebase<Form extends object>(base: Form, mine: Form, theirs: Form): Rebased<Form> {
  const both: string[] = []
  return { form: members(base, mine, theirs, '', both), both }
}

/** `base` with what stands at these pointers taken from `theirs`. */
export function withTheirs<Value>(base: Value, theirs: Value, pointers: string[], at = ''): Value {
  if (pointers.includes(at)) return theirs
  if (!isObject(base) || !isObject(theirs) || !pointers.some((pointer) => pointer.startsWith(`${at}/`))) return base
  const taken = Object.entries(base).map(([key, value]) => [key, withTheirs(value, theirs[key], pointers, `${at}/${key}`)] as const)
  return (Array.isArray(base) ? taken.map(([, value]) => value) : Object.fromEntries(taken)) as Value
}
