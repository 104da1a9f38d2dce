import { useEffect, useRef, type ReactNode } from 'react'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { Notice, ProblemNotice } from '../../ui/Notice'
import { useAdminT } from '../messages'
import styles from './Editor.module.css'
import { LeaveDialog } from './LeaveDialog'
import { Overtaken } from './Overtaken'
import type { Editing } from './useEditor'

interface Props<Form extends object> {
  editor: Editing<Form>
  /** What the form's members are called. */
  labels: Record<keyof Form, string>
  /** Of the button that creates. */
  create: string
  children: ReactNode
}

/**
 * The form of a document: its fields, what is wrong with it, what someone else
 * changed meanwhile, and a bar to save that is there while there is something to.
 */
export function Editor<Form extends object>({ editor, labels, create, children }: Props<Form>) {
  const t = useT()
  const { document: words, documents: { editor: own } } = useAdminT()
  const form = useRef<HTMLFormElement>(null)
  const notices = useRef<HTMLDivElement>(null)
  const { failures, busy, refused, theirs } = editor
  const wrong = Boolean(editor.error) || editor.marked
  const pressed = useRef(false)

  useEffect(() => { // on to what is wrong
    if (!wrong && !refused && !theirs) return
    const invalid = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]')
    const next = invalid ?? notices.current
    next?.focus()
  }, [wrong, refused, theirs, failures])

  const settling = busy || theirs !== undefined
  useEffect(() => { // a button that saved or chose goes away with what it was for
    if (pressed.current && !settling && !wrong && !refused) form.current?.focus({ preventScroll: true })
    pressed.current = settling
  }, [settling, wrong, refused])

  const open = editor.isNew || editor.dirty
  return (
    <form
      ref={form}
      tabIndex={-1}
      noValidate
      inert={busy && editor.isNew}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (open && !busy && !theirs) editor.save()
      }}
    >
      <div ref={notices} tabIndex={-1} className={styles.notices}>
        <Overtaken editor={editor} labels={labels} />
        {editor.marked ? <Notice kind="bad" live title={own.marked} /> : <ProblemNotice error={editor.error} shown={editor.shown} />}
      </div>
      {children}
      {open && !theirs && (
        <div className={styles.bar} data-new={editor.isNew || undefined}>
          <Button type="submit" look="primary" busy={busy}>{editor.isNew ? create : t.actions.save}</Button>
          {!editor.isNew && <Button onClick={editor.discard}>{own.discard}</Button>}
          {!editor.isNew && <p role="status" className="small">{words.leave}</p>}
        </div>
      )}
      <LeaveDialog unsaved={editor.dirty && !busy} />
    </form>
  )
}

/** Fields side by side where there is room. */
export function Fields({ legend, hint, children }: { legend?: ReactNode; hint?: ReactNode; children: ReactNode }) {
  if (!legend) return <div className={styles.fields}>{children}</div>
  return (
    <fieldset className={styles.set}>
      <legend className={styles.legend}>{legend}</legend>
      {hint && <p className={styles.hint}>{hint}</p>}
      <div className={styles.fields}>{children}</div>
    </fieldset>
  )
}

/** Something among fields that takes the whole width. */
export function Whole({ children }: { children: ReactNode }) { return <div className={styles.whole}>{children}</div> }
