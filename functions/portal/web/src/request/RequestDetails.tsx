import { Link } from 'wouter'
import type { Schemas } from '../api/client'
import { useWords } from '../i18n'
import { inWords } from '../lib/duration'
import { Moment } from '../ui/Moment'
import { Details } from './Details'
import { isUndecided } from './turns'

const moment = (at: string | undefined) => at && <Moment at={at} />

/** Everything that was asked for, and when what became of it. */
export function RequestDetails({ request: r }: { request: Schemas['Request'] }) {
  const { t, locale } = useWords()
  const words = t.request.page
  const open = isUndecided(r.status)
  const span = (duration: string | undefined) => duration && inWords(duration, locale)
  const named = new Set(r.fields?.map((field) => field.id))
  const labels = [...(r.fields ?? []), ...Object.keys(r.answers).filter((id) => !named.has(id)).map((id) => ({ id, label: asLabel(id) }))]
  return (
    <Details
      rows={[
        [words.requester, r.requester.name ?? r.requester.id],
        [words.submittedBy, r.submitted_by.id !== r.requester.id && (r.submitted_by.name ?? r.submitted_by.id)],
        [r.resource.kind === 'device' ? words.device : words.resource, (
          <>
            {r.resource.name ?? r.resource_id}
            {r.resource.description && <span className="small quiet"><br />{r.resource.description}</span>}
          </>
        )],
        [words.reason, r.reason],
        ...labels.map(({ id, label }): [string, string | undefined] => [label, r.answers[id]]),
        [words.asked, span(r.duration) ?? words.untimed],
        [open ? words.shortened : words.given, r.granted_duration !== r.duration && span(r.granted_duration)],
        [words.startsAt, moment(r.starts_at)],
        [words.resubmits, r.resubmits && <Link href={`/requests/${r.resubmits}`}>{words.resubmitsLink}</Link>],
        [words.submittedAt, moment(r.submitted_at)],
        [words.decidedAt, moment(r.decided_at)],
        [r.status === 'ready' ? words.startBefore : words.expiresAt, moment(r.expires_at)],
        [words.startedAt, moment(r.started_at)],
        [words.endsAt, r.status !== 'ended' && moment(r.ends_at)],
        [words.extensions, r.extensions ? words.times(r.extensions) : undefined],
        [words.endedAt, moment(r.ended_at)],
      ]}
    />
  )
}

/** `change_ticket` as "Change ticket". */
function asLabel(id: string): string {
  const text = id.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
