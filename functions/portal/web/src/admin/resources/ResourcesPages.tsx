import { NewResource } from './NewResource'
import { ResourceList } from './ResourceList'
import { ResourcePage } from './ResourcePage'

export function ResourcesPages({ id }: { id?: string }) {
  if (id === undefined) return <ResourceList />
  return id === 'new' ? <NewResource /> : <ResourcePage id={id} />
}
