import { useDeferredValue, useMemo, useState, type ReactNode } from 'react'
import { useSearchParams } from 'wouter'
import type { Schemas } from '../api/client'
import { useCatalog, useMine } from '../api/queries'
import { useWords } from '../i18n'
import { RequestForm } from '../request/moves/RequestForm'
import { Button } from '../ui/Button'
import { Empty, Loaded } from '../ui/States'
import { CatalogRow } from './CatalogRow'
import { notOffered } from './mine'
import { NotOffered } from './NotOffered'
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
  const empty = <Empty title={t.requests.empty[kind]}><p>{t.requests.empty.more}</p></Empty>
  return (
    <Loaded query={catalog}>
      {(items) => (
        <Loaded query={mine}>
          {(requests) => (
            <div className="stack">
              <NotOffered me={me} requests={notOffered(items, requests.filter(({ resource }) => resource.kind === kind))} />
              <Found items={items} mine={requests} me={me} kind={kind} empty={empty} />
            </div>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}

interface Listed extends Props {
  items: Schemas['CatalogItem'][]
  mine: Schemas['Request'][]
  /** Whom it would be for; the caller if left out. */
  person?: Schemas['PersonRef']
  /** What is shown where there is nothing to ask for. */
  empty: ReactNode
}

/** The items of a catalog that the search finds. What is being asked for stays open, whatever becomes of its row. */
export function Found({ items, mine, me, kind, person, empty }: Listed) {
  const { t, locale } = useWords()
  const words = t.requests
  const [asking, setAsking] = useState<Schemas['CatalogItem']>()
  const [params, setParams] = useSearchParams()
  const q = params.get('q') ?? ''
  const sought = useDeferredValue(q) // the letters come first
  const look = (text: string) => setParams((before) => {
    if (text) before.set('q', text)
    else before.delete('q')
    return before
  }, { replace: true })
  const found = useMemo(() => search(items, sought, locale), [items, sought, locale])
  return (
    <div className="stack">
      <div className={styles.search} role="search" hidden={items.length <= 1 && !q}>
        <input type="search" value={q} aria-label={words.searchHint[kind]} placeholder={words.searchHint[kind]} onChange={(event) => look(event.target.value)} />
        <span className="hidden" role="status">{sought && words.found(found.length)}</span>
      </div>
      {items.length === 0 ? empty : found.length === 0
        ? <Empty title={words.nothingFound(sought)}><Button onClick={() => look('')}>{words.clear}</Button></Empty>
        : <ul className={styles.list}>{found.map((item) => <CatalogRow key={item.id} item={item} mine={mine} me={me} person={person} onAsk={setAsking} />)}</ul>}
      {asking && <RequestForm item={asking} person={person} onClose={() => setAsking(undefined)} />}
    </div>
  )
}
