import type { Schemas } from '../../api/client'
import { Select, TextArea, TextField } from '../../ui/Field'
import { useAdminT } from '../messages'
import { Editor, Fields, Whole } from '../ui/Editor'
import { renamed } from '../ui/id'
import { IdField } from '../ui/IdField'
import { useDirectory } from '../ui/directory'
import { IdPicker } from '../ui/IdPicker'
import type { Editing } from '../ui/useEditor'
import { ConnectorFields } from './ConnectorFields'
import { ofKind, type ResourceForm } from './resourceForm'

export function ResourceFields({ editor }: { editor: Editing<ResourceForm> }) {
  const { document, documents: { resources: t } } = useAdminT()
  const { people = [] } = useDirectory().data ?? {}
  const { form, set, at, isNew } = editor
  const labels = { id: document.id, kind: t.kind, name: document.name, description: t.description, owner: t.owner, url: t.url, connector: t.connector }
  return (
    <Editor editor={editor} labels={labels} create={t.create}>
      <Fields>
        <TextField
          label={document.name} error={at('/name')} required maxLength={100} value={form.name} autoComplete="off"
          onChange={({ target: { value } }) => set((now) => (isNew ? renamed(now, value) : { ...now, name: value }))}
        />
        {isNew && <IdField value={form.id} onChange={(id) => set({ id })} error={at('/id')} />}
        <Select label={t.kind} hint={t.kindHint} error={at('/kind')} value={form.kind} onChange={({ target: { value } }) => set((now) => ofKind(now, value as Schemas['ResourceKind']))}>
          <option value="resource">{t.kinds.resource}</option>
          <option value="device">{t.kinds.device}</option>
        </Select>
        <IdPicker label={t.owner} hint={t.ownerHint} error={at('/owner')} value={form.owner} onChange={(owner) => set({ owner })} options={people} />
        <TextField
          label={t.url} hint={t.urlHint} error={at('/url')} type="url" maxLength={2000} value={form.url} autoComplete="off" placeholder="https://"
          onChange={(event) => set({ url: event.target.value })}
        />
        <Whole>
          <TextArea label={t.description} hint={t.descriptionHint} error={at('/description')} maxLength={1000} value={form.description} onChange={(event) => set({ description: event.target.value })} />
        </Whole>
      </Fields>
      <ConnectorFields editor={editor} />
    </Editor>
  )
}
