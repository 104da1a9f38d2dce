import { Link } from 'wouter'
import { asApiError } from '../../api/problem'
import { useT } from '../../i18n'
import { ProblemNotice } from '../../ui/Notice'
import styles from './Moves.module.css'

/** What went wrong with a form, where that does not stand at its fields: `shown` are their pointers. */
export function FormProblem({ error, shown }: { error: unknown; shown: string[] }) {
  const t = useT()
  if (!error) return null
  const problem = asApiError(error)
  const findings = problem?.problem?.errors ?? []
  if (findings.length > 0 && problem?.elsewhere(shown).length === 0) return null
  const open = problem?.problem?.request_id
  return (
    <div tabIndex={-1} data-problem className={`tight ${styles.problem}`}>
      <ProblemNotice error={error} shown={shown} />
      {open && <p><Link href={`/requests/${open}`}>{t.requests.form.seeOpen}</Link></p>}
    </div>
  )
}
