import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../../i18n'
import { asApiError } from '../../../api/problem'
import { Button } from '../../../ui/Button'
import { Select } from '../../../ui/Field'
import { Notice, ProblemNotice } from '../../../ui/Notice'
import { useAdminT } from '../../messages'
import { IdPicker, useDirectory } from '../../ui/IdPicker'
import { simulate, type Flow } from '../calls'
import { More } from '../editor/More'
import form from '../editor/Editor.module.css'
import { useFlowWords } from '../words'
import { Acts } from './Acts'
import { Answers } from './Answers'
import { Played } from './Played'
import { firstOpen, newTrial, toSimulation, type Trial } from './trial'
import styles from './Simulate.module.css'

const asked = ['/requester', '/resource_id', '/duration', '/at', '/starts_at']

/** Plays a request by the flow: who would decide it, and what would become of it. */
export function Simulate({ flow, unsaved }: { flow: Flow; unsaved: boolean }) {
  const { flows: { simulate: t } } = useAdminT()
  const words = useFlowWords()
  const { locale } = useWords()
  const { data: directory } = useDirectory()
  const [trial, setTrial] = useState<Trial>(() => newTrial(flow))
  const play = useMutation({
    mutationFn: async (input: Trial) => ({ played: input, result: await simulate(flow.id, toSimulation(input)) }),
  })
  const requester = trial.requester ?? firstOpen(flow, directory?.people ?? [])
  const problem = asApiError(play.error)
  const set = (change: Partial<Trial>) => setTrial({ ...trial, ...change })
  return (
    <div className="stack">
      <p className="quiet">{t.lead}</p>
      {unsaved && <Notice kind="warn">{t.unsaved}</Notice>}
      <form className={styles.trial} noValidate onSubmit={(event) => {
        event.preventDefault()
        if (!play.isPending) play.mutate({ ...trial, requester })
      }}>
        <div className={styles.question}>
          <IdPicker label={t.requester} required options={directory?.people ?? []} value={requester} onChange={(value) => set({ requester: value })} error={problem?.at('/requester')} />
          <Select label={t.resource} value={trial.resource} onChange={(event) => set({ resource: event.target.value })} error={problem?.at('/resource_id')}>
            {flow.resources.map((id) => <option key={id} value={id}>{words.resource(id)}</option>)}
          </Select>
          <Button look="primary" type="submit" busy={play.isPending}>{t.go}</Button>
        </div>
        <More label={t.details} pointers={[]}>
          <div className={form.settings}><Answers flow={flow} trial={trial} set={set} problem={problem} locale={locale} /></div>
        </More>
        <More label={t.acts} set={trial.acts.length === 0 && t.noActs} pointers={[]}>
          <Acts acts={trial.acts} people={directory?.people ?? []} onChange={(acts) => set({ acts })} problem={problem} />
        </More>
      </form>
      <ProblemNotice error={play.error} shown={asked} />
      {play.data && <Played {...play.data} />}
    </div>
  )
}
