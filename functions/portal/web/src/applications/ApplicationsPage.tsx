import { useState } from 'react'
import type { Schemas } from '../api/client'
import { useAccess, useMine } from '../api/queries'
import { useT } from '../i18n'
import { ExtendForm, type Extending } from '../request/moves/ExtendMove'
import { notOffered } from '../requests/mine'
import { NotOffered } from '../requests/NotOffered'
import { ButtonLink } from '../ui/Button'
import { Page } from '../ui/Page'
import { Empty, Loaded } from '../ui/States'
import { ApplicationRow } from './ApplicationRow'
import styles from './Applications.module.css'

/** What a person holds now. */
export function ApplicationsPage({ me }: { me: Schemas['Me'] }) {
  const t = useT()
  const access = useAccess()
  const mine = useMine().data ?? []
  const [extending, setExtending] = useState<Extending>()
  return (
    <Page title={t.nav.applications} lead={t.applications.lead}>
      <Loaded query={access}>
        {(held) => (
          <>
            <span className="hidden" role="status">{t.applications.held(held.length)}</span>
            {held.length === 0 ? <Nothing mayAsk={me.features.requests} /> : (
              <ul className={styles.list}>
                {held.map((one) => <ApplicationRow key={one.request_id} held={one} of={mine.find(({ id }) => id === one.request_id)} onExtend={setExtending} />)}
              </ul>
            )}
          </>
        )}
      </Loaded>
      {!me.features.requests && <NotOffered me={me} requests={notOffered([], mine).filter(({ status }) => status !== 'active')} />}
      {extending && <ExtendForm {...extending} onClose={() => setExtending(undefined)} />}
    </Page>
  )
}

function Nothing({ mayAsk }: { mayAsk: boolean }) {
  const t = useT()
  return (
    <Empty title={t.applications.empty}>
      <p>{t.applications.emptyMore}</p>
      {mayAsk && <ButtonLink to="/requests" look="primary">{t.applications.ask}</ButtonLink>}
    </Empty>
  )
}
