import { TextField } from '../../ui/Field'
import { useAdminT } from '../messages'
import { Editor, Fields, Whole } from '../ui/Editor'
import { renamed } from '../ui/id'
import { IdField } from '../ui/IdField'
import { useDirectory } from '../ui/directory'
import { IdPicker } from '../ui/IdPicker'
import { SetEditor } from '../ui/SetEditor'
import type { Editing } from '../ui/useEditor'
import type { PersonForm } from './personForm'

const timeZones = Intl.supportedValuesOf('timeZone').map((id) => ({ id }))
const locales = ['en-GB', 'en-US', 'de-DE', 'de-AT', 'de-CH', 'fr-FR', 'es-ES', 'it-IT', 'nl-NL', 'pl-PL', 'pt-BR'].map((id) => ({ id }))

export function PersonFields({ editor }: { editor: Editing<PersonForm> }) {
  const { document, documents: { people: t } } = useAdminT()
  const { people = [], groups = [], resources = [] } = useDirectory().data ?? {}
  const { form, set, at, isNew } = editor
  const managed = resources.map((resource) => resource.connector.group)
  const labels = {
    id: document.id, name: document.name, email: t.email, manager: t.manager, groups: t.groups,
    time_zone: t.timeZone, locale: t.locale, status: t.status,
  }
  return (
    <Editor editor={editor} labels={labels} create={t.create}>
      <Fields>
        <TextField
          label={document.name} error={at('/name')} required maxLength={100} value={form.name} autoComplete="off"
          onChange={({ target: { value } }) => set((now) => (isNew ? renamed(now, value) : { ...now, name: value }))}
        />
        {isNew && <IdField value={form.id} onChange={(id) => set({ id })} error={at('/id')} />}
        <TextField
          label={t.email} hint={isNew ? t.emailHint : t.emailMoved} error={at('/email')} required type="email" maxLength={254} value={form.email} autoComplete="off"
          onChange={(event) => set({ email: event.target.value })}
        />
        <IdPicker label={t.manager} hint={t.managerHint} error={at('/manager')} value={form.manager} onChange={(manager) => set({ manager })} options={people.filter(({ id }) => id !== form.id)} />
        <IdPicker label={t.timeZone} hint={t.timeZoneHint} error={at('/time_zone')} value={form.time_zone} onChange={(time_zone) => set({ time_zone })} options={timeZones} />
        <IdPicker label={t.locale} hint={t.localeHint} error={at('/locale')} value={form.locale} onChange={(locale) => set({ locale })} options={locales} />
        <Whole>
          <SetEditor
            label={t.groups} hint={t.groupsHint} add={t.addGroup} values={form.groups} onChange={(next) => set({ groups: next })}
            error={at('/groups')} errorAt={(n) => at(`/groups/${n}`)} options={groups.filter(({ id }) => form.groups.includes(id) || !managed.includes(id))}
          />
        </Whole>
      </Fields>
    </Editor>
  )
}
