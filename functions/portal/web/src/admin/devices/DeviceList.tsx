import { api, call } from '../../api/client'
import { useAdminT } from '../messages'
import { DocumentList } from '../ui/DocumentList'
import { matches } from '../ui/matches'
import { usePages } from '../ui/Pages'
import { Ref } from '../ui/Ref'
import { EnrolmentTag } from './EnrolmentTag'

export function DeviceList() {
  const t = useAdminT().documents.devices
  const pages = usePages(['list', 'devices'], (cursor) => call(api.GET('/v1/admin/devices', { params: { query: { cursor, limit: 100 } } })))
  return (
    <DocumentList
      section="devices"
      lead={t.lead}
      create={t.create}
      pages={pages}
      fits={({ id, name, accounts, enrolment }, search) => matches(search, id, name, t.states[enrolment], ...accounts.flatMap(({ person, account }) => [person, account]))}
      columns={[
        { head: t.enrolment, cell: (device) => <EnrolmentTag device={device} /> },
        {
          head: t.accounts,
          cell: ({ accounts }) => accounts.length > 0
            ? <span className="line">{accounts.map(({ person, account }) => <span key={person}><Ref kind="people" id={person} /> <code className="small quiet">{account}</code></span>)}</span>
            : <span className="quiet">{t.noAccounts}</span>,
        },
      ]}
    />
  )
}
