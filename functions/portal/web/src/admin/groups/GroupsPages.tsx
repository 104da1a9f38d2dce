import { GroupList } from './GroupList'
import { GroupPage } from './GroupPage'
import { NewGroup } from './NewGroup'

export function GroupsPages({ id }: { id?: string }) {
  if (id === undefined) return <GroupList />
  return id === 'new' ? <NewGroup /> : <GroupPage id={id} />
}
