import { TextField } from '../../ui/Field'
import { useAdminT } from '../messages'
import { Editor, Fields, Whole } from '../ui/Editor'
import { renamed } from '../ui/id'
import { IdField } from '../ui/IdField'
import type { Editing } from '../ui/useEditor'
import { AccountRows } from './AccountRows'
import type { DeviceForm } from './deviceForm'

export function DeviceFields({ editor }: { editor: Editing<DeviceForm> }) {
  const { document, documents: { devices: t } } = useAdminT()
  const { form, set, at, isNew } = editor
  return (
    <Editor editor={editor} labels={{ id: document.id, name: document.name, accounts: t.accounts }} create={t.create}>
      <Fields>
        <TextField
          label={document.name} error={at('/name')} required maxLength={100} value={form.name} autoComplete="off"
          onChange={({ target: { value } }) => set((now) => (isNew ? renamed(now, value) : { ...now, name: value }))}
        />
        {isNew && <IdField value={form.id} onChange={(id) => set({ id })} error={at('/id')} />}
      </Fields>
      <Fields legend={t.accounts} hint={t.accountsHint}>
        <Whole><AccountRows editor={editor} /></Whole>
      </Fields>
    </Editor>
  )
}
