import { api, call } from '../../api/client'
import { useAdminT } from '../messages'
import { DocumentList } from '../ui/DocumentList'
import { matches } from '../ui/matches'
import { usePages } from '../ui/Pages'
import { Ref } from '../ui/Ref'
import { PersonState } from './PersonState'

export function PersonList() {
  const t = useAdminT().documents.people
  const pages = usePages(['list', 'people'], (cursor) => call(api.GET('/v1/admin/people', { params: { query: { cursor, limit: 100 } } })))
  return (
    <DocumentList
      section="people"
      lead={t.lead}
      create={t.create}
      pages={pages}
      fits={(person, search) => matches(search, person.id, person.name, person.email, person.manager, ...person.groups)}
      columns={[
        { head: t.status, cell: (person) => <PersonState person={person} /> },
        { head: t.email, cell: (person) => person.email },
        { head: t.manager, cell: (person) => person.manager ? <Ref kind="people" id={person.manager} /> : <span className="quiet">{t.noManager}</span> },
        {
          head: t.groups,
          cell: (person) => person.groups.length > 0
            ? <span className="line">{person.groups.map((id) => <Ref key={id} kind="groups" id={id} />)}</span>
            : <span className="quiet">{t.noGroups}</span>,
        },
      ]}
    />
  )
}
