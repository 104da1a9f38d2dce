import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { asApiError } from '../../../api/problem'
import { Notice, ProblemNotice } from '../../../ui/Notice'
import { useAdminT } from '../../messages'
import { simulate, type Flow } from '../calls'
import { FoundContext } from '../editor/findings'
import { place } from '../form/pointers'
import { Played } from './Played'
import { newTrial, places, toSimulation, type Trial } from './trial'
import { TrialForm } from './TrialForm'

/** Plays a request by the flow: who would decide it, and what would become of it. */
export function Simulate({ flow, unsaved }: { flow: Flow; unsaved: boolean }) {
  const { flows: { simulate: t } } = useAdminT()
  const [trial, setTrial] = useState(() => newTrial(flow))
  const play = useMutation({
    mutationFn: async (input: Trial) => ({ played: input, result: await simulate(flow.id, toSimulation(input)) }),
  })
  const refused = asApiError(play.error)?.problem?.errors ?? play.data?.result.outcomes[0]?.refused?.errors
  const found = useMemo(() => ({ refused: place(refused ?? [], places(trial, flow.fields)), warned: [] }), [refused, trial, flow.fields])
  return (
    <FoundContext value={found}>
      <div className="stack">
        <p className="quiet">{t.lead}</p>
        {unsaved && <Notice kind="warn">{t.unsaved}</Notice>}
        <TrialForm flow={flow} trial={trial} set={(change) => setTrial({ ...trial, ...change })} busy={play.isPending} play={(requester) => play.mutate({ ...trial, requester })} />
        <ProblemNotice error={play.error} shown={found.refused.filter((finding) => finding.place !== '').map((finding) => finding.pointer)} />
        {play.data && <Played {...play.data} />}
      </div>
    </FoundContext>
  )
}
