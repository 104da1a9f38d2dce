import { useSearchParams } from 'wouter'
import type { Schemas } from '../api/client'
import { useCatalog, useMine } from '../api/queries'
import { useWords } from '../i18n'
import { Button } from '../ui/Button'
import { Empty, Loaded } from '../ui/States'
import { CatalogRow } from './CatalogRow'
import styles from './Requests.module.css'
import { search } from './search'

interface Props {
  me: Schemas['Me']
  kind: Schemas['ResourceKind']
}

/** Everything of a kind that the person may ask for, with a search that stays in the address. */
export function CatalogList({ me, kind }: Props) {
  const t = useWords().t
  const catalog = useCatalog(kind)
  const mine = useMine()
  return (
    <Loaded query={catalog}>
      {(items) => (
        items.length === 0
          ? <Empty title={t.requests.empty[kind]}><p>{t.requests.empty.more}</p></Empty>
          : <Loaded query={mine}>{(requests) => <Found items={items} mine={requests} me={me} kind={kind} />}</Loaded>
      )}
    </Loaded>
  )
}

interface Listed extends Props {
  items: Schemas['CatalogItem'][]
  mine: Schemas['Request'][]
  /** Whom it would be for; the caller if left out. */
  person?: Schemas['PersonRef']
}

/** The items of a catalog that the search finds. */
export function Found({ items, mine, me, kind, person }: Listed) {
  const { t, locale } = useWords()
  const words = t.requests
  const [params, setParams] = useSearchParams()
  const q = params.get('q') ?? ''
  const look = (text: string) => setParams((before) => {
    if (text) before.set('q', text)
    else before.delete('q')
    return before
  }, { replace: true })
  const found = search(items, q, locale)
  return (
    <div className="stack">
      <div className={styles.search} role="search" hidden={items.length === 1 && !q}>
        <input type="search" value={q} aria-label={words.searchHint[kind]} placeholder={words.searchHint[kind]} onChange={(event) => look(event.target.value)} />
        <span className="hidden" role="status">{q && words.found(found.length)}</span>
      </div>
      {found.length === 0
        ? <Empty title={words.nothingFound(q)}><Button onClick={() => look('')}>{words.clear}</Button></Empty>
        : <ul className={styles.list}>{found.map((item) => <CatalogRow key={item.id} item={item} mine={mine} me={me} person={person} />)}</ul>}
    </div>
  )
}
