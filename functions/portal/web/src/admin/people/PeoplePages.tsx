import { NewPerson } from './NewPerson'
import { PersonList } from './PersonList'
import { PersonPage } from './PersonPage'

export function PeoplePages({ id }: { id?: string }) {
  if (id === undefined) return <PersonList />
  return id === 'new' ? <NewPerson /> : <PersonPage id={id} />
}
