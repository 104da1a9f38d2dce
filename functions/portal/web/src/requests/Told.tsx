import type { ReactNode } from 'react'
import type { Schemas } from '../api/client'
import { useWords } from '../i18n'
import { inWords } from '../lib/duration'
import { useApproverName } from '../request/Approvers'
import { useRemarkLabel } from '../request/remark'
import { ButtonAnchor } from '../ui/Button'
import { Moment } from '../ui/Moment'
import styles from './Requests.module.css'

/** In a sentence, how a request stands; with what was asked or said about it. */
export function Told({ request: r, me }: { request: Schemas['Request']; me: Schemas['Me'] }) {
  const { t, locale, language } = useWords()
  const words = t.request.moves
  const name = useApproverName()
  const remarkLabel = useRemarkLabel(r)
  const begins = r.status === 'approved' ? r.starts_at : undefined
  const until = r.status === 'ready' ? r.expires_at : undefined
  const stranded = r.status === 'missing_data' || r.status === 'failed'
  let sentence: ReactNode = words.now[r.status]
  if (begins) sentence = <>{words.now.startsAt} <Moment at={begins} />.</>
  if (until) sentence = <>{sentence} {words.now.startUntil} <Moment at={until} />.</>
  return (
    <>
      {sentence && <p>{sentence}</p>}
      {stranded && me.support_url && <div><ButtonAnchor href={me.support_url}>{words.help} <span className="hidden">{t.nav.newTab}</span></ButtonAnchor></div>}
      {r.question && r.status === 'needs_info' && <Said what={words.question}>{r.question}</Said>}
      {r.drift && <p><strong>{t.request.page.drift[r.drift]}</strong></p>}
      {r.remark && <Said what={remarkLabel}>{r.remark}</Said>}
      {r.extension && (
        <p>{words.extensionWaits(inWords(r.extension.duration, language), new Intl.ListFormat(locale, { type: 'disjunction' }).format(r.extension.approvers.map(name)))}</p>
      )}
      {r.foreign && r.status === 'ended' && <p>{words.foreign}</p>}
    </>
  )
}

function Said({ what, children }: { what: string; children: ReactNode }) {
  return (
    <figure className="tight">
      <figcaption className="small quiet">{what}</figcaption>
      <blockquote className={styles.said}>{children}</blockquote>
    </figure>
  )
}
