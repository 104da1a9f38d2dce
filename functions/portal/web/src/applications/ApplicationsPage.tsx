import type { Schemas } from '../api/client'
import { useAccess, useMe, useMine } from '../api/queries'
import { useT } from '../i18n'
import { ButtonLink } from '../ui/Button'
import { Page } from '../ui/Page'
import { Empty, Loaded } from '../ui/States'
import { ApplicationRow } from './ApplicationRow'
import styles from './Applications.module.css'

/** What a person holds now. */
export function ApplicationsPage() {
  const t = useT()
  const access = useAccess()
  const mine = useMine().data
  const extensionOf = (held: Schemas['Access']) => mine?.find(({ id }) => id === held.request_id)?.extension
  return (
    <Page title={t.nav.applications} lead={t.applications.lead}>
      <Loaded query={access}>
        {(held) => (
          <>
            <span className="hidden" role="status">{t.applications.held(held.length)}</span>
            {held.length === 0 ? <Nothing /> : (
              <ul className={styles.list}>
                {held.map((one) => <ApplicationRow key={one.request_id} held={one} extension={extensionOf(one)} />)}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Nothing() {
  const t = useT()
  const mayAsk = useMe().data?.features.requests
  return (
    <Empty title={t.applications.empty}>
      <p>{t.applications.emptyMore}</p>
      {mayAsk && <ButtonLink to="/requests" look="primary">{t.applications.ask}</ButtonLink>}
    </Empty>
  )
}
