import { useState } from 'react'
import { useLocation } from 'wouter'
import { TextField } from '../../ui/Field'
import { Page } from '../../ui/Page'
import { useAdminT } from '../messages'
import { idOf } from '../ui/id'
import { LeaveDialog } from '../ui/LeaveDialog'
import { FlowForm } from './editor/FlowForm'
import { useAt } from './editor/findings'
import { useEditor } from './editor/useEditor'

/** The creation of a flow. Its id follows its name until it gets one of its own. */
export function NewFlow() {
  const { flows: t } = useAdminT()
  const [own, setOwn] = useState<string>()
  const [name, setName] = useState('')
  const [, go] = useLocation()
  const id = own ?? idOf(name)
  const editor = useEditor({ id, done: (written) => go(`/admin/flows/${written.data.id}`) })
  if (editor.draft.name !== name) setName(editor.draft.name)
  const field = <IdField value={id} onChange={(value) => {
    setOwn(value)
    editor.edit({}, '/id')
  }} />
  return <Page title={t.new} lead={t.newLead} wide><FlowForm editor={editor} id={field} /><LeaveDialog unsaved={editor.dirty && !editor.saving} /></Page>
}

function IdField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { document } = useAdminT()
  return <TextField label={document.id} hint={document.idHint} required maxLength={63} autoComplete="off" autoCapitalize="none" spellCheck={false} value={value} onChange={(event) => onChange(event.target.value.trim())} {...useAt('/id')} />
}
