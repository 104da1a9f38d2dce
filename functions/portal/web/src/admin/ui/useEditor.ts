// A document while it is edited: what was read, what was typed, and what someone
// else made of it meanwhile.
import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { asApiError } from '../../api/problem'
import { useT } from '../../i18n'
import { overtaken, useWrite, type Versioned } from '../document'
import { useAdminT } from '../messages'
import { rebase, same, touched } from './rebase'
import { within } from './within'

type Finding = Schemas['FieldError']

interface Options<Doc, Form> {
  /** As of `useDocument`. */
  key: QueryKey
  /** What is stored; undefined for a creation. */
  read?: Versioned<Doc>
  toForm: (doc: Doc) => Form
  /** What a creation begins with. */
  empty?: Form
  write: (form: Form, etag: string | undefined) => Promise<Versioned<Doc>>
  /** Pointers of the members that have a field; findings at or below them stand there. */
  fields: string[] | ((form: Form) => string[])
  /** What a member looks like, by its pointer or its name alone, for who wrote it otherwise. */
  shapes?: Record<string, string>
  /** What is wrong already before anything is sent. */
  check?: (form: Form) => Finding[]
  done?: (doc: Doc) => void
}

interface State<Form> { base: Form; form: Form; version: number; etag?: string }

export function useEditor<Doc extends { id?: string; version: number }, Form extends object>(options: Options<Doc, Form>) {
  const { read, toForm } = options
  const t = useT()
  const words = useAdminT().documents.editor
  const client = useQueryClient()
  const begin = (doc?: Versioned<Doc>): State<Form> => {
    const form = doc ? toForm(doc.data) : options.empty!
    return { base: form, form, version: doc?.data.version ?? -1, etag: doc?.etag }
  }
  const [state, setState] = useState(() => begin(read))
  const [theirs, setTheirs] = useState<State<Form>>()
  const [early, setEarly] = useState<Finding[]>([])
  const [checked, setChecked] = useState<Form>() // what was sent, or found wrong before
  const write = useWrite(async (sent: Form) => ({ sent, doc: await options.write(sent, state.etag) }), {
    done: ({ sent, doc }) => {
      const stored = begin(doc)
      setState((now) => ({ ...stored, form: rebase(sent, now.form, stored.form).form })) // what was typed meanwhile stays
      if (state.etag !== undefined) client.setQueryData(['admin', ...options.key], doc)
      options.done?.(doc.data)
    },
  })
  const refused = overtaken(write.error)

  // A newer version was read: nothing happens to what was typed, unless nobody needs to choose.
  if (read && read.data.version > (theirs ?? state).version) {
    const now = begin(read)
    const merged = rebase(state.base, state.form, now.form)
    if (refused || theirs || merged.both.length > 0) setTheirs(now)
    else setState({ ...now, form: merged.form })
  }

  const problem = asApiError(write.error)?.problem
  const taken: Finding[] = problem?.code === 'already_exists' ? [{ pointer: '/id', code: problem.code, detail: problem.detail ?? '' }] : []
  const found = early.length > 0 ? early : [...taken, ...(problem?.errors ?? [])]
  // What was changed since is not what was found wrong.
  const since = checked && found.length > 0 ? touched(checked, state.form) : []
  const findings = found.filter(({ pointer = '' }) => !since.some((at) => within(pointer, at) || within(at, pointer)))
  const fields = typeof options.fields === 'function' ? options.fields(state.form) : options.fields
  const shown = found.flatMap(({ pointer }) => (pointer !== undefined && fields.some((field) => pointer === field || pointer.startsWith(field + '/')) ? [pointer] : []))
  const choose = (form: (now: State<Form>) => Form) => {
    if (theirs) setState({ ...theirs, form: form(theirs) })
    setTheirs(undefined)
    write.reset()
  }
  return {
    form: state.form,
    base: state.base,
    set: (change: Partial<Form> | ((form: Form) => Form)) =>
      setState((now) => ({ ...now, form: typeof change === 'function' ? change(now.form) : { ...now.form, ...change } })),
    isNew: state.etag === undefined,
    dirty: !same(state.base, state.form),
    busy: write.isPending,
    /** What went wrong with the last save. */
    error: early.length > 0 || refused || (found.length > 0 && findings.length === 0) ? undefined : write.error,
    /** Whether it went wrong, and all that is wrong stands at fields. */
    marked: findings.length > 0 && found.length === shown.length && (early.length > 0 || problem?.code === 'invalid'),
    failures: write.failureCount + early.length,
    /** What is there now, where someone else was faster. */
    theirs: theirs?.form,
    refused,
    /** Findings that stand at their fields. */
    shown,
    /** What is wrong with the member at a pointer. */
    at: (pointer: string) => {
      const found = findings.find((finding) => finding.pointer === pointer)
      if (!found) return undefined
      if (found.code === 'required') return t.actions.required
      if (found.code === 'pattern' && early.length === 0) return options.shapes?.[pointer] ?? options.shapes?.[pointer.slice(pointer.lastIndexOf('/') + 1)] ?? words.invalid
      return found.detail || words.invalid
    },
    save: () => {
      const missing = options.check?.(state.form) ?? []
      setEarly(missing)
      setChecked(state.form)
      if (missing.length > 0) return write.reset()
      write.mutate(state.form, {
        onError: (error) => {
          if (overtaken(error)) void client.invalidateQueries({ queryKey: ['admin', ...options.key] })
        },
      })
    },
    discard: () => {
      setState((now) => ({ ...now, form: now.base }))
      setEarly([])
      write.reset()
    },
    keepMine: () => choose((now) => rebase(state.base, state.form, now.base).form),
    takeTheirs: () => choose((now) => now.base),
  }
}

/** What an `Editor` shows. */
export type Editing<Form extends object = object> = ReturnType<typeof useEditor<{ version: number }, Form>>
