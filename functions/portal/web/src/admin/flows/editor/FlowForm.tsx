import { useEffect, useRef, type ReactNode } from 'react'
import { Conflict } from './Conflict'
import { DurationPart } from './DurationPart'
import styles from './Editor.module.css'
import { FieldsPart } from './FieldsPart'
import { FoundContext, goToFirst } from './findings'
import { PoliciesPart } from './PoliciesPart'
import { RulesPart } from './RulesPart'
import { SaveBar } from './SaveBar'
import { StepsPart } from './StepsPart'
import type { Editor } from './useEditor'
import { WhatPart } from './WhatPart'

/** Everything that a flow has, to be edited. */
export function FlowForm({ editor, id }: { editor: Editor; id?: ReactNode }) {
  const { draft, edit, base, found, refusals } = editor
  const form = useRef<HTMLFormElement>(null)
  const show = (what: 'refused' | 'warned') => goToFirst(form.current, found[what].map((finding) => finding.place))

  const places = useRef<string[]>([])
  useEffect(() => { places.current = found.refused.map((finding) => finding.place) }, [found])
  useEffect(() => { if (refusals > 0) goToFirst(form.current, places.current) }, [refusals])

  return (
    <FoundContext value={found}>
      <form ref={form} className={styles.form} noValidate inert={editor.saving && !base} onSubmit={(event) => {
        event.preventDefault()
        if (!editor.saving) editor.save()
      }}>
        {editor.theirs && <Conflict editor={editor} theirs={editor.theirs} />}
        <WhatPart draft={draft} edit={edit} wasEnabled={base?.data.enabled ?? false} id={id} />
        <StepsPart draft={draft} edit={edit} />
        <DurationPart draft={draft} edit={edit} />
        <FieldsPart draft={draft} edit={edit} />
        <RulesPart draft={draft} edit={edit} />
        <PoliciesPart draft={draft} edit={edit} />
        <SaveBar editor={editor} show={show} />
      </form>
    </FoundContext>
  )
}
