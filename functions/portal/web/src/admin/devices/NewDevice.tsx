import { useLocation } from 'wouter'
import { useAdminT } from '../messages'
import { NewPage } from '../ui/DocumentPage'
import { DeviceFields } from './DeviceFields'
import { useDeviceEditor } from './useDeviceEditor'

export function NewDevice() {
  const t = useAdminT().documents.devices
  const [, go] = useLocation()
  const editor = useDeviceEditor(undefined, (device) => go(`/admin/devices/${device.id}`, { replace: true }))
  return <NewPage section="devices" title={t.newTitle} lead={t.newLead}><DeviceFields editor={editor} /></NewPage>
}
