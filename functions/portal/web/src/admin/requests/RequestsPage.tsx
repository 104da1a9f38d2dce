import { Link, useSearchParams } from 'wouter'
import { api, call, type Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Moment } from '../../ui/Moment'
import { Page } from '../../ui/Page'
import { Empty } from '../../ui/States'
import { Status } from '../../ui/Status'
import { useAdminT } from '../messages'
import { Pages, usePages } from '../ui/Pages'
import { Table } from '../ui/Table'
import { readFilters, writeFilters } from './filters'
import { RequestFilters } from './RequestFilters'
import styles from './RequestsPage.module.css'
import { WaitsFor } from './WaitsFor'

const every = 15_000 // milliseconds between two looks at the list

/** Everybody's requests. */
export function RequestsPage(_: { me: Schemas['Me'] }) {
  const t = useT()
  const { requests: words, sections } = useAdminT()
  const [params, setParams] = useSearchParams()
  const filters = readFilters(params, (word): word is Schemas['Status'] => Object.hasOwn(t.status, word))
  const requests = usePages(
    ['requests', filters],
    (cursor) => call(api.GET('/v1/requests', { params: { query: { view: 'all', ...filters, limit: 50, cursor } } })),
    { every },
  )
  const narrowed = Object.values(filters).some(Boolean)
  return (
    <Page title={sections.requests} lead={words.lead} wide>
      <RequestFilters filters={filters} onChange={(changed) => setParams(writeFilters(changed), { replace: true })} />
      <Pages
        pages={requests}
        further={{ none: words.notYet, more: words.further }}
        empty={narrowed ? <Empty title={words.noMatch} /> : <Empty title={words.none}><p>{words.noneMore}</p></Empty>}
      >
        {(all) => <Requests requests={all} />}
      </Pages>
    </Page>
  )
}

function Requests({ requests }: { requests: Schemas['Request'][] }) {
  const { list, column } = useAdminT().requests
  return (
    <Table
      caption={list}
      rows={requests}
      rowKey={(r) => r.id}
      columns={[
        { head: column.request, cell: (r) => <What request={r} /> },
        { head: column.status, cell: (r) => <Status status={r.status} reason={r.end_reason} /> },
        { head: column.waits, cell: (r) => <WaitsFor request={r} /> },
        { head: column.submitted, cell: (r) => <span className={styles.when}><Moment at={r.submitted_at} /></span> },
      ]}
    />
  )
}

/** Who asked for what. */
export function What({ request: r }: { request: Schemas['Request'] }) {
  const { by } = useAdminT().requests
  const submitter = r.submitted_by.id === r.requester.id ? undefined : (r.submitted_by.name ?? r.submitted_by.id)
  return (
    <>
      <Link href={`/requests/${r.id}`} className={styles.what}>{r.resource.name ?? r.resource_id}</Link>
      <div className="small quiet">{by(r.requester.name ?? r.requester.id, submitter)}</div>
    </>
  )
}
