import { api, call, type Schemas } from '../../api/client'
import { Button } from '../../ui/Button'
import { Moment } from '../../ui/Moment'
import { Notice, ProblemNotice } from '../../ui/Notice'
import { onlyIf, useWrite, type Versioned } from '../document'
import { useAdminT } from '../messages'
import { Vanishing } from '../ui/Vanishing'

/** Why no mail goes to someone's address, and how it does again. */
export function EmailProblem({ read }: { read: Versioned<Schemas['Person']> }) {
  const t = useAdminT().documents.people
  const { id, email, email_problem: problem } = read.data
  const deliver = useWrite(
    () => call(api.DELETE('/v1/admin/people/{id}/email-problem', { params: { path: { id }, header: onlyIf(read.etag) } })),
    { said: t.delivered(email) },
  )
  if (!problem) return null
  return (
    <Vanishing>
      <Notice kind="warn" title={t.mailHeld(email)}>
        <p>{t.mailWhy[problem.kind]} <span className="quiet">{problem.sub_type && `${problem.sub_type}, `}<Moment at={problem.since} /></span></p>
        <p>{t.mailWhat}</p>
        <ProblemNotice error={deliver.error} />
        <div><Button onClick={() => deliver.mutate(undefined)} busy={deliver.isPending}>{t.deliver}</Button></div>
      </Notice>
    </Vanishing>
  )
}
