import { useState } from 'react'
import type { Schemas } from '../api/client'
import { asApiError } from '../api/problem'
import { useT } from '../i18n'
import { Details } from '../request/Details'
import { Button } from '../ui/Button'
import { Moment } from '../ui/Moment'
import { Empty, Loaded } from '../ui/States'
import { useSay } from '../ui/Toasts'
import { Connect } from './Connect'
import { Disconnect } from './Disconnect'
import styles from './Slack.module.css'
import { useSlack } from './slack'

/** As whom the person acts in Slack, or how they come to. */
export function SlackCard() {
  const t = useT()
  const slack = useSlack()
  if (asApiError(slack.error)?.code === 'slack_not_set_up') {
    return <Empty title={t.integrations.notSetUp[0]}><p>{t.integrations.notSetUp[1]}</p></Empty>
  }
  return (
    <Loaded query={slack} rows={3}>
      {({ data, etag }) => (data.connected ? <Connected slack={data} etag={etag} /> : <NotConnected />)}
    </Loaded>
  )
}

function NotConnected() {
  const t = useT()
  return (
    <section className={styles.card} aria-labelledby="slack">
      <div>
        <p className={styles.word}>{t.integrations.notConnected}</p>
        <h2 id="slack">Slack</h2>
      </div>
      <ul className={styles.gives}>{t.integrations.gives.map((what) => <li key={what}>{what}</li>)}</ul>
      <p className="quiet">{t.integrations.how}</p>
      <Connect label={t.integrations.connect} />
    </section>
  )
}

function Connected({ slack, etag }: { slack: Schemas['SlackIntegration']; etag: string }) {
  const t = useT()
  const say = useSay()
  const [leaving, setLeaving] = useState(false)
  return (
    <section className={`${styles.card} ${styles.connected}`} aria-labelledby="slack">
      <div>
        <p className={styles.word}>{t.integrations.connected}</p>
        <h2 id="slack">Slack</h2>
      </div>
      <Details
        rows={[
          [t.integrations.as, slack.user?.name],
          [t.integrations.workspace, slack.team?.name],
          [t.integrations.since, slack.since && <Moment at={slack.since} />],
        ]}
      />
      <div className="line"><Button look="danger" onClick={() => setLeaving(true)}>{t.integrations.disconnect}</Button></div>
      {leaving && (
        <Disconnect
          etag={etag}
          onDone={() => {
            setLeaving(false)
            say(t.integrations.disconnected)
          }}
          onClose={() => setLeaving(false)}
        />
      )}
    </section>
  )
}
