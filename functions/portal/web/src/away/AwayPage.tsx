import { useRef, useState } from 'react'
import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Notice } from '../ui/Notice'
import { Page } from '../ui/Page'
import { Loaded } from '../ui/States'
import { useSay } from '../ui/Toasts'
import { useSecond } from '../ui/Moment'
import styles from './Away.module.css'
import { useDelegation } from './delegation'
import { DelegationForm } from './DelegationForm'
import { standing } from './period'
import { Standing } from './Standing'

/** Who decides for the person while they are away. */
export default function AwayPage(_: { me: Schemas['Me'] }) {
  const t = useT()
  const delegation = useDelegation()
  return (
    <Page title={t.nav.away} lead={t.away.lead}>
      <Loaded query={delegation} rows={3}>{({ data, etag }) => <Away delegation={data} etag={etag} />}</Loaded>
    </Page>
  )
}

function Away({ delegation, etag }: { delegation: Schemas['Delegation']; etag: string }) {
  const t = useT()
  const say = useSay()
  const stands = standing(delegation, useSecond() * 1000)
  const [changing, setChanging] = useState(false)
  const [overtaken, setOvertaken] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const settle = (wasOvertaken: boolean) => { // what had the focus may be gone
    setOvertaken(wasOvertaken)
    setChanging(false)
    place.current?.focus()
  }
  const done = (said: string) => {
    settle(false)
    say(said)
  }
  const named = stands === 'ahead' || stands === 'active'
  return (
    <div className={styles.away} ref={place} tabIndex={-1}>
      {overtaken && <Notice kind="warn" live title={t.away.overtaken[0]}><p>{t.away.overtaken[1]}</p></Notice>}
      {stands !== 'none' && (
        <Standing
          delegation={delegation}
          stands={stands}
          etag={etag}
          changing={changing}
          onChange={() => setChanging(true)}
          onOvertaken={() => settle(true)}
          onEnded={() => done(t.away.said.alone)}
        />
      )}
      {(!named || changing) && (
        <DelegationForm
          key={named ? 'change' : 'new'}
          before={named ? delegation : undefined}
          etag={etag}
          onSaved={(name) => done(t.away.said.named(name))}
          onOvertaken={() => settle(true)}
          onCancel={named ? () => settle(false) : undefined}
        />
      )}
    </div>
  )
}
