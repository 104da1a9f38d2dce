import { Button } from '../../../ui/Button'
import { Select } from '../../../ui/Field'
import { useAdminT } from '../../messages'
import { useDirectory } from '../../ui/directory'
import { IdPicker } from '../../ui/IdPicker'
import type { Flow } from '../calls'
import form from '../editor/Editor.module.css'
import { useAt } from '../editor/findings'
import { More } from '../editor/More'
import { useFlowWords } from '../useFlowWords'
import { Acts } from './Acts'
import { Answers } from './Answers'
import styles from './Simulate.module.css'
import { firstOpen, type Trial } from './trial'

interface Props {
  flow: Flow
  trial: Trial
  set: (change: Partial<Trial>) => void
  busy: boolean
  play: (requester: string) => void
}

/** Who asks for what and, for whoever wants to know more, how and what happens then. */
export function TrialForm({ flow, trial, set, busy, play }: Props) {
  const { flows: { simulate: t } } = useAdminT()
  const words = useFlowWords()
  const { data: directory } = useDirectory()
  const people = directory?.people ?? []
  const requester = trial.requester ?? firstOpen(flow, people)
  return (
    <form className={styles.trial} noValidate onSubmit={(event) => {
      event.preventDefault()
      if (!busy) play(requester)
    }}>
      <div className={styles.question}>
        <IdPicker label={t.requester} required options={people} value={requester} onChange={(value) => set({ requester: value })} error={useAt('/requester').error} />
        <Select label={t.resource} value={trial.resource} onChange={(event) => set({ resource: event.target.value })} {...useAt('/resource_id')}>
          {flow.resources.map((id) => <option key={id} value={id}>{words.resource(id)}</option>)}
        </Select>
        <Button look="primary" type="submit" busy={busy}>{t.go}</Button>
      </div>
      <More label={t.details} pointers={['/duration', '/at', '/starts_at', '/answers']}>
        <div className={form.settings}><Answers flow={flow} trial={trial} set={set} /></div>
      </More>
      <More label={t.acts} set={trial.acts.length === 0 && t.noActs} pointers={['/acts']}>
        <Acts acts={trial.acts} people={people} onChange={(acts) => set({ acts })} />
      </More>
    </form>
  )
}
