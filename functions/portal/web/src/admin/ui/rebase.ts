// Two people change one document: what each of them changed, member by member.

/** Whether two values of a form say the same. */
export function same(a: unknown, b: unknown): boolean { return JSON.stringify(a) === JSON.stringify(b) }

/** The members in which two forms differ. */
export function changed<Form extends object>(before: Form, after: Form): (keyof Form)[] {
  return (Object.keys(after) as (keyof Form)[]).filter((key) => !same(before[key], after[key]))
}

interface Rebased<Form> {
  /** Theirs, with what I changed. */
  form: Form
  /** What both changed, to different ends. */
  both: (keyof Form)[]
}

/** What I typed over `base`, carried over to what someone else made of it. */
export function rebase<Form extends object>(base: Form, mine: Form, theirs: Form): Rebased<Form> {
  const form = { ...theirs }
  const both: (keyof Form)[] = []
  for (const key of changed(base, mine)) {
    form[key] = mine[key]
    if (!same(base[key], theirs[key]) && !same(mine[key], theirs[key])) both.push(key)
  }
  return { form, both }
}
