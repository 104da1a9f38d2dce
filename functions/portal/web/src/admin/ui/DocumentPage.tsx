import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { asApiError } from '../../api/problem'
import { useT } from '../../i18n'
import { ButtonLink } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Empty, Loaded } from '../../ui/States'
import type { Versioned } from '../document'
import { useAdminT } from '../messages'
import styles from './DocumentPage.module.css'

type Section = 'resources' | 'flows' | 'people' | 'groups' | 'devices'

function Back({ section }: { section: Section }) {
  const t = useAdminT()
  return <Link href={`/admin/${section}`} className={styles.back}>{t.sections[section]}</Link>
}

/** The page on which a document is made. */
export function NewPage({ section, title, lead, children }: { section: Section; title: string; lead?: ReactNode; children: ReactNode }) {
  return <div className={styles.document}><Back section={section} /><Page title={title} lead={lead}>{children}</Page></div>
}

interface Props<Doc> {
  section: Section
  query: UseQueryResult<Versioned<Doc>>
  /** Beside the heading: what state it is in. */
  state?: (doc: Doc) => ReactNode
  children: (read: Versioned<Doc>) => ReactNode
}

/** The page of a document that is there, or was. */
export function DocumentPage<Doc extends { id: string; name: string; version: number }>({ section, query, state, children }: Props<Doc>) {
  const t = useAdminT()
  const { state: says } = useT()
  const body = (read: Versioned<Doc>) => (
    <Page
      title={read.data.name}
      lead={<span className="line"><code>{read.data.id}</code><span className="small">{t.document.version(read.data.version)}</span>{state?.(read.data)}</span>}
    >
      {children(read)}
    </Page>
  )
  const gone = asApiError(query.error)?.code === 'not_found'
  if (gone && !query.data) {
    return (
      <div className={styles.document}>
        <Back section={section} />
        <Empty title={t.documents.editor.unknown}><ButtonLink to={`/admin/${section}`}>{t.document.back}</ButtonLink></Empty>
      </div>
    )
  }
  return (
    <div className={styles.document}>
      <Back section={section} />
      {gone && <Notice kind="bad" live title={t.documents.editor.gone} />}
      {query.data && query.isError && !gone && <Notice kind="warn" live>{says.stale}</Notice>}
      {query.data ? body(query.data) : <Loaded query={query}>{body}</Loaded>}
    </div>
  )
}
