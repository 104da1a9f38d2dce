import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { useEvents } from './events'
import { saidOnTime } from './turns'

/** What a request's remark is about, in words: while it is held, that may be more time. */
export function useRemarkLabel(request: Schemas['Request'] | undefined): string {
  const words = useT().request.moves
  const open = request?.status === 'active' && request.remark && request.steps.length > 0 // else its history is not shown
  const events = useEvents(request?.id ?? '', request?.version, Boolean(open)).data
  return open && events && saidOnTime(events) ? words.remarkOnTime : words.remark
}
