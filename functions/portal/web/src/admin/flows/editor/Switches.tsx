import { Checkbox } from '../../../ui/Field'
import { useFlowWords } from '../words'
import type { Editing } from './edit'
import { useAt } from './findings'

/** What is so, or is not. */
export function Switches({ draft, edit }: Editing) {
  const { t: { rules } } = useFlowWords()
  return (
    <>
      <Checkbox label={rules.showProgress} hint={rules.showProgressHint} checked={draft.showProgress} onChange={(event) => edit({ showProgress: event.target.checked }, '/show_progress')} {...useAt('/show_progress')} />
      <Checkbox label={rules.delegation} hint={rules.delegationHint} checked={draft.delegation} onChange={(event) => edit({ delegation: event.target.checked }, '/delegation')} {...useAt('/delegation')} />
      <Checkbox label={rules.emailSignIn} hint={rules.emailSignInHint} checked={draft.emailSignIn} onChange={(event) => edit({ emailSignIn: event.target.checked }, '/email_sign_in')} {...useAt('/email_sign_in')} />
    </>
  )
}
