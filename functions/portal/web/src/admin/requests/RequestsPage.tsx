import { useSearchParams } from 'wouter'
import { api, call, type Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Page } from '../../ui/Page'
import { Empty } from '../../ui/States'
import { useAdminT } from '../messages'
import { Pages, usePages } from '../ui/Pages'
import { readFilters, writeFilters } from './filters'
import { RequestFilters } from './RequestFilters'
import { RequestTable } from './RequestTable'

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
        {(all) => <RequestTable requests={all} />}
      </Pages>
    </Page>
  )
}
