import { asApiError } from '../api/problem'
import { useT } from '../i18n'
import { useProblemText } from '../lib/problems'
import { ButtonLink } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { Page } from '../ui/Page'
import { Loading } from '../ui/States'
import { Connect } from './Connect'
import { SlackCard } from './SlackCard'
import { useFinish, useSlack, type Outcome } from './slack'

/** Where Slack sends people back to. */
export default function SlackReturnPage() {
  const t = useT()
  const outcome = useFinish()
  return (
    <Page title={t.nav.integrations}>
      {outcome === undefined && (
        <>
          <Notice live>{t.integrations.connecting}</Notice>
          <Loading rows={3} />
        </>
      )}
      {outcome === 'connected' && (
        <>
          <Notice kind="good" live title={t.integrations.done[0]}><p>{t.integrations.done[1]}</p></Notice>
          <SlackCard />
        </>
      )}
      {outcome !== undefined && outcome !== 'connected' && <NotConnected outcome={outcome} />}
    </Page>
  )
}

/** Why nobody was connected; whoever was before still is. */
function NotConnected({ outcome }: { outcome: Exclude<Outcome, 'connected'> }) {
  const t = useT()
  const text = useProblemText()
  const slack = useSlack()
  const code = typeof outcome === 'object' ? asApiError(outcome.error)?.code : undefined
  const [title, more] = typeof outcome === 'string' ? t.integrations[outcome] : (code && t.integrations.why[code]) ?? [text(outcome.error), '']
  if (code === 'slack_not_set_up') return <SlackCard />
  return (
    <>
      <Notice kind={typeof outcome === 'string' ? 'warn' : 'bad'} live title={title}>{more && <p>{more}</p>}</Notice>
      <Connect label={t.integrations.again} />
      {slack.data?.data.connected ? <SlackCard /> : <div><ButtonLink to="/integrations" look="bare">{t.nav.integrations}</ButtonLink></div>}
    </>
  )
}
