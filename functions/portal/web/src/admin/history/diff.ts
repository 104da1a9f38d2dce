// What changed between two versions of a document, member by member.

export interface Change {
  /** Where, as one would write it in code: `steps[0].needed`. */
  path: string
  removed: string[]
  added: string[]
}

type Scalar = string | number | boolean | null

/** The members in which two JSON documents differ; either may be absent. */
export function changes(before: unknown, after: unknown, path = ''): Change[] {
  if (isList(before) || isList(after)) {
    const [was, is] = [asList(before), asList(after)]
    if ([...was, ...is].every(isScalar)) return change(path, was as Scalar[], is as Scalar[])
    return Array.from({ length: Math.max(was.length, is.length) }, (_, n) => changes(was[n], is[n], `${path}[${n}]`)).flat()
  }
  if (isMembers(before) || isMembers(after)) {
    const [was, is] = [asMembers(before), asMembers(after)]
    const keys = [...new Set([...Object.keys(is), ...Object.keys(was)])]
    return [...change(path, scalars(before), scalars(after)), ...keys.flatMap((key) => changes(was[key], is[key], path ? `${path}.${key}` : key))]
  }
  return change(path, scalars(before), scalars(after))
}

function change(path: string, was: Scalar[], is: Scalar[]): Change[] {
  const removed = was.filter((value) => !is.includes(value)).map(String)
  const added = is.filter((value) => !was.includes(value)).map(String)
  // What only stands in another order is shown whole.
  if (removed.length === 0 && added.length === 0) {
    return was.join('\n') === is.join('\n') ? [] : [{ path, removed: was.map(String), added: is.map(String) }]
  }
  return [{ path, removed, added }]
}

function isScalar(value: unknown): value is Scalar { return value !== undefined && (value === null || typeof value !== 'object') }
function scalars(value: unknown): Scalar[] { return isScalar(value) ? [value] : [] }
function isList(value: unknown): value is unknown[] { return Array.isArray(value) }
function isMembers(value: unknown): value is Record<string, unknown> { return typeof value === 'object' && value !== null && !isList(value) }
function asList(value: unknown): unknown[] { return isList(value) ? value : value === undefined ? [] : [value] }
function asMembers(value: unknown): Record<string, unknown> { return isMembers(value) ? value : {} }
