import { Button } from '../ui/Button'
import { ProblemNotice } from '../ui/Notice'
import { useConnect } from './slack'

/** Leads to Slack. */
export function Connect({ label }: { label: string }) {
  const begin = useConnect()
  return (
    <>
      <ProblemNotice error={begin.error} />
      <div className="line">
        <Button look="primary" busy={begin.isPending || begin.isSuccess} onClick={() => begin.mutate()}>{label}</Button>
      </div>
    </>
  )
}
