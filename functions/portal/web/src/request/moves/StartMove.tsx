import { api, call } from '../../api/client'
import { useT } from '../../i18n'
import { useMove } from '../../lib/move'
import { Button } from '../../ui/Button'
import { ProblemNotice } from '../../ui/Notice'
import type { Offered } from './offered'

export function StartMove({ request, offered }: Offered) {
  const words = useT().request.moves
  const start = useMove((id: string) => call(api.POST('/v1/requests/{id}/start', { params: { path: { id } } })), { said: words.started })
  return (
    <>
      {offered && <Button look="primary" busy={start.isPending} onClick={() => start.mutate(request.id)}>{words.start}</Button>}
      <ProblemNotice error={start.error} />
    </>
  )
}
