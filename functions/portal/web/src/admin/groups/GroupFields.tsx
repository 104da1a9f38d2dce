import { TextField } from '../../ui/Field'
import { useAdminT } from '../messages'
import { Editor, Fields } from '../ui/Editor'
import { renamed } from '../ui/id'
import { IdField } from '../ui/IdField'
import type { Editing } from '../ui/useEditor'
import type { GroupForm } from './groupForm'

export function GroupFields({ editor }: { editor: Editing<GroupForm> }) {
  const { document, documents: { groups: t } } = useAdminT()
  const { form, set, at, isNew } = editor
  return (
    <Editor editor={editor} labels={{ id: document.id, name: document.name }} create={t.create}>
      <Fields>
        <TextField
          label={document.name} error={at('/name')} required maxLength={100} value={form.name}
          onChange={({ target: { value } }) => set((now) => (isNew ? renamed(now, value) : { ...now, name: value }))}
        />
        {isNew && <IdField value={form.id} onChange={(id) => set({ id })} error={at('/id')} />}
      </Fields>
    </Editor>
  )
}
