import { api, call, callWithETag, type Schemas } from '../../api/client'
import { Page } from '../../ui/Page'
import { Loaded } from '../../ui/States'
import { useDocument, type Versioned } from '../document'
import { ConfigHistory } from '../history/ConfigHistory'
import { useAdminT } from '../messages'
import { Histories } from '../ui/Histories'
import { useEditor } from '../ui/useEditor'
import { SettingsFields } from './SettingsFields'
import { checkLimits, settingsForm, settingsInput } from './settingsForm'

export function SettingsPage() {
  const t = useAdminT()
  const query = useDocument(['settings'], () => callWithETag(api.GET('/v1/admin/settings')))
  const version = query.data?.data.version
  return (
    <Page title={t.sections.settings} lead={version === undefined ? t.documents.settings.lead : version === 0 ? t.documents.settings.untouched : t.document.version(version)}>
      <Loaded query={query}>{(read) => <Settings read={read} />}</Loaded>
    </Page>
  )
}

function Settings({ read }: { read: Versioned<Schemas['Settings']> }) {
  const t = useAdminT()
  const editor = useEditor({
    key: ['settings'],
    read,
    toForm: settingsForm,
    fields: ['/requests_enabled', '/show_progress', '/support_url', '/slack_team_id', '/slack_client_id', '/max_open_requests', '/max_submissions_per_hour', '/max_asks'],
    check: checkLimits,
    write: (form, etag) => callWithETag(api.PUT('/v1/admin/settings', { params: { header: { 'If-Match': etag } }, body: settingsInput(form) })),
  })
  return (
    <>
      <SettingsFields editor={editor} />
      <Histories>
        <ConfigHistory title={t.document.history} subject="settings" read={(cursor) => call(api.GET('/v1/admin/settings/events', { params: { query: { cursor, limit: 100 } } }))} />
      </Histories>
    </>
  )
}
