import { Checkbox, TextField } from '../../ui/Field'
import { useAdminT } from '../messages'
import { Editor, Fields, Whole } from '../ui/Editor'
import type { Editing } from '../ui/useEditor'
import { limits, mostOf, type SettingsForm } from './settingsForm'

export function SettingsFields({ editor }: { editor: Editing<SettingsForm> }) {
  const { documents: { settings: t } } = useAdminT()
  const { form, set, at } = editor
  return (
    <Editor editor={editor} labels={t.fields} create="">
      <Fields legend={t.asking}>
        <Whole><Checkbox label={t.fields.requests_enabled} hint={t.hints.requests_enabled} error={at('/requests_enabled')} checked={form.requests_enabled} onChange={(event) => set({ requests_enabled: event.target.checked })} /></Whole>
        <Whole><Checkbox label={t.fields.show_progress} hint={t.hints.show_progress} error={at('/show_progress')} checked={form.show_progress} onChange={(event) => set({ show_progress: event.target.checked })} /></Whole>
        <Whole>
          <TextField label={t.fields.support_url} hint={t.hints.support_url} error={at('/support_url')} type="url" maxLength={2000} placeholder="https://" value={form.support_url} onChange={(event) => set({ support_url: event.target.value })} autoComplete="off" />
        </Whole>
      </Fields>
      <Fields legend={t.limits} hint={t.limitsHint}>
        {limits.map((limit) => (
          <TextField key={limit} label={t.fields[limit]} hint={t.hints[limit]} error={at(`/${limit}`)} required type="number" min={0} max={mostOf[limit]} step={1} value={form[limit]} onChange={(event) => set({ [limit]: event.target.value })} />
        ))}
      </Fields>
      <Fields legend={t.slack} hint={t.slackHint}>
        <TextField label={t.fields.slack_team_id} hint={t.hints.slack_team_id} error={at('/slack_team_id')} maxLength={32} placeholder="T0123ABCD" value={form.slack_team_id} onChange={(event) => set({ slack_team_id: event.target.value.trim() })} autoComplete="off" spellCheck={false} />
        <TextField label={t.fields.slack_client_id} hint={t.hints.slack_client_id} error={at('/slack_client_id')} maxLength={63} placeholder="123456789012.345678901234" value={form.slack_client_id} onChange={(event) => set({ slack_client_id: event.target.value.trim() })} autoComplete="off" spellCheck={false} inputMode="decimal" />
      </Fields>
    </Editor>
  )
}
