import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { ButtonLink } from '../../ui/Button'
import { Page } from '../../ui/Page'
import { Empty } from '../../ui/States'
import { useAdminT } from '../messages'
import { Pages, type usePages } from './Pages'
import { SearchBox } from './SearchBox'
import { Table, type Column } from './Table'
import styles from './DocumentList.module.css'

interface Props<T> {
  section: 'resources' | 'flows' | 'people' | 'groups' | 'devices'
  lead: string
  /** Of the way to a new one. */
  create: string
  pages: ReturnType<typeof usePages<T>>
  columns: Column<T>[]
  /** Whether one fits a search. */
  fits: (one: T, search: string) => boolean
  /** Above the list. */
  children?: ReactNode
}

/** The list of a kind of document, with a search through what was read of it. */
export function DocumentList<T extends { id: string; name: string }>({ section, lead, create, pages, columns, fits, children }: Props<T>) {
  const t = useAdminT()
  const [search, setSearch] = useState('')
  const title = t.sections[section]
  const name: Column<T> = {
    head: t.document.name,
    cell: (one) => <div className={styles.name}><Link href={`/admin/${section}/${one.id}`}>{one.name}</Link><code>{one.id}</code></div>,
  }
  return (
    <Page wide title={title} lead={lead} actions={<ButtonLink to={`/admin/${section}/new`} look="primary">{create}</ButtonLink>}>
      {children}
      <Pages pages={pages} empty={<Empty title={t.document.none}><ButtonLink to={`/admin/${section}/new`}>{create}</ButtonLink></Empty>}>
        {(all) => {
          const shown = all.filter((one) => fits(one, search))
          return (
            <div className="stack">
              <SearchBox value={search} onChange={setSearch} shown={shown.length} all={all.length} more={pages.hasNextPage} />
              {shown.length > 0
                ? <Table caption={title} rows={shown} rowKey={(one) => one.id} columns={[name, ...columns]} />
                : <Empty title={t.documents.editor.noMatch} />}
            </div>
          )
        }}
      </Pages>
    </Page>
  )
}
