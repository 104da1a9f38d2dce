import { DeviceList } from './DeviceList'
import { DevicePage } from './DevicePage'
import { NewDevice } from './NewDevice'

export function DevicesPages({ id }: { id?: string }) {
  if (id === undefined) return <DeviceList />
  return id === 'new' ? <NewDevice /> : <DevicePage id={id} />
}
