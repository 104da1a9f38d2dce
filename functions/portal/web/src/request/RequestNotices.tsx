import type { Schemas } from '../api/client'
import { useWords } from '../i18n'
import { inWords } from '../lib/duration'
import { Moment } from '../ui/Moment'
import { Notice } from '../ui/Notice'
import { waits } from './decide/kinds'
import { failureText } from './failures'
import styles from './Page.module.css'

/** What there is to know about a request beyond its status, in plain words. */
export function RequestNotices({ request: r }: { request: Schemas['Request'] }) {
  const { t, locale } = useWords()
  const words = t.request.page
  const saidInStep = r.steps.some((step) => step.decisions.some((d) => d.reason === r.remark))
  const failure = r.failure && failureText(words, r.failure.code)
  return (
    <>
      {r.status === 'missing_data' && <Notice kind="warn">{words.missing}</Notice>}
      {r.status === 'failed' && <Notice kind="bad" title={words.failed}>{failure && <p>{failure}</p>}</Notice>}
      {r.status === 'stuck' && <Notice kind="bad" title={words.stuck}>{failure && <p>{failure}</p>}</Notice>}
      {r.status === 'canceled' && failure && <Notice>{failure}</Notice>}
      {r.foreign && <Notice kind="warn">{words.foreign}</Notice>}
      {r.drift && <Notice kind="warn">{words.drift[r.drift]}</Notice>}
      {r.extension && (
        <Notice kind="warn" title={words.moreTime(inWords(r.extension.duration, locale))}>
          {r.extension.reason && <p className={styles.said}>{r.extension.reason}</p>}
          <p className="small"><Moment at={r.extension.asked_at} /></p>
        </Notice>
      )}
      {r.decides_for && waits(r) && <Notice>{words.delegate(r.decides_for.name ?? r.decides_for.id)}</Notice>}
      {r.remark && !saidInStep && <section className="tight"><h3>{words.remark}</h3><blockquote className={styles.said}>{r.remark}</blockquote></section>}
    </>
  )
}
