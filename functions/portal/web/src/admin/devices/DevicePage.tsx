import { useLocation } from 'wouter'
import { api, call, callWithETag, type Schemas } from '../../api/client'
import { onlyIf, useDocument, type Versioned } from '../document'
import { ConfigHistory } from '../history/ConfigHistory'
import { useAdminT } from '../messages'
import { Confirm } from '../ui/Confirm'
import { DocumentPage } from '../ui/DocumentPage'
import { Histories } from '../ui/Histories'
import { Section } from '../ui/Section'
import { DeviceFields } from './DeviceFields'
import { Enrolment } from './Enrolment'
import { EnrolmentTag } from './EnrolmentTag'
import { Rights } from './Rights'
import { useDeviceEditor } from './useDeviceEditor'

const callsEvery = 10_000 // milliseconds between two calls of an agent

export function DevicePage({ id }: { id: string }) {
  const read = () => callWithETag(api.GET('/v1/admin/devices/{id}', { params: { path: { id } } }))
  const query = useDocument(['devices', id], read, true, callsEvery)
  return (
    <DocumentPage section="devices" query={query} state={(device) => <EnrolmentTag device={device} />}>
      {(read) => <Device read={read} />}
    </DocumentPage>
  )
}

function Device({ read }: { read: Versioned<Schemas['Device']> }) {
  const { document, documents: { devices: t } } = useAdminT()
  const [, go] = useLocation()
  const editor = useDeviceEditor(read)
  const { id, name } = read.data
  const remove = () => call(api.DELETE('/v1/admin/devices/{id}', { params: { path: { id }, header: onlyIf(read.etag) } }))
  return (
    <>
      <DeviceFields editor={editor} />
      <Enrolment device={read.data} />
      <Rights device={read.data} />
      <Histories>
        <ConfigHistory
          title={document.history} subject={`device:${id}`}
          read={(cursor) => call(api.GET('/v1/admin/devices/{id}/events', { params: { path: { id }, query: { cursor, limit: 100 } } }))}
        />
      </Histories>
      <Section title={document.delete} lead={t.deleteLead}>
        <div>
          <Confirm label={document.delete} title={t.deleteTitle(name)} said={document.deleted} act={remove} done={() => go('/admin/devices', { replace: true })}>
            <p>{t.deleteWhat}</p>
          </Confirm>
        </div>
      </Section>
    </>
  )
}
