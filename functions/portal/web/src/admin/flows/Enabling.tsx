import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useT } from '../../i18n'
import { Button, ButtonLink, type Look } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Notice, ProblemNotice } from '../../ui/Notice'
import { useSay } from '../../ui/Toasts'
import { useWrite, type Versioned } from '../document'
import { useAdminT } from '../messages'
import { writeEnabled, type Flow } from './calls'
import styles from './Flows.module.css'
import { useFlowWords } from './useFlowWords'

interface Props {
  flow: Flow
  look?: Look
  done?: (written: Versioned<Flow>) => void
}

/** Switches a flow on, or off once it was said what that does. */
export function Enabling({ flow, look, done }: Props) {
  const { t } = useFlowWords()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [warned, setWarned] = useState<Flow['warnings']>()
  const say = useSay()
  const write = useWrite((enabled: boolean) => writeEnabled(flow, enabled), {
    said: '',
    done: (written) => {
      say((written.data.enabled ? t.enabledNow : t.disabledNow)(flow.name))
      setAsking(false)
      if (written.data.enabled && written.data.warnings?.length) setWarned(written.data.warnings)
      done?.(written)
    },
  })
  const go = (enabled: boolean) => write.mutate(enabled, { onError: () => client.invalidateQueries({ queryKey: ['admin'] }) }) // someone may have been faster
  const close = () => {
    setAsking(false)
    setWarned(undefined)
    write.reset()
  }
  return (
    <>
      <Button look={look} busy={write.isPending} onClick={() => (flow.enabled ? setAsking(true) : go(true))} aria-label={`${flow.enabled ? t.disable : t.enable}: ${flow.name}`}>
        {flow.enabled ? t.disable : t.enable}
      </Button>
      {asking && <Disabling flow={flow} onClose={close} error={write.error} busy={write.isPending} go={() => go(false)} />}
      {!asking && write.isError && (
        <Dialog title={t.disabling.refused(flow.name)} onClose={close}>
          <div className="stack">
            <ProblemNotice error={write.error} />
            <div><ButtonLink to={`/admin/flows/${flow.id}`}>{t.disabling.open}</ButtonLink></div>
          </div>
        </Dialog>
      )}
      {warned && (
        <Dialog title={t.disabling.warned(flow.name)} onClose={close}>
          <div className="stack">
            <Notice kind="warn"><ul className={styles.points}>{warned.map((w) => <li key={`${w.pointer} ${w.code}`}>{w.detail}</li>)}</ul></Notice>
            <div><ButtonLink to={`/admin/flows/${flow.id}`}>{t.disabling.open}</ButtonLink></div>
          </div>
        </Dialog>
      )}
    </>
  )
}

function Disabling({ flow, onClose, error, busy, go }: { flow: Flow; onClose: () => void; error: unknown; busy: boolean; go: () => void }) {
  const t = useT()
  const { document } = useAdminT()
  const { t: words } = useFlowWords()
  if (!flow.enabled && !busy) { // someone else was faster
    return (
      <Dialog title={words.disabledNow(flow.name)} onClose={onClose}>
        <div className="stack">
          <p>{document.changedSince}</p>
          <div className="line"><Button look="primary" onClick={onClose}>{t.actions.close}</Button></div>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={words.disabling.title(flow.name)} onClose={onClose}>
      <div className="stack">
        <ul className={styles.points}><li>{words.disabling.pending}</li><li>{words.disabling.held}</li></ul>
        <ProblemNotice error={error} />
        <div className="line">
          <Button look="danger" busy={busy} onClick={go}>{words.disabling.go}</Button>
          <Button look="bare" onClick={onClose}>{t.actions.cancel}</Button>
        </div>
      </div>
    </Dialog>
  )
}
