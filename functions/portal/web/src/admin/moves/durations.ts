import type { Schemas } from '../../api/client'

type Asked = Pick<Schemas['Request'], 'duration' | 'granted_duration'>

/** What a request would be given now: what was asked for, or what an approver has shortened it to. */
export function standing(request: Asked): string | undefined { return request.granted_duration ?? request.duration }

/** What else may be given: what was asked for, and the flow's choices. */
export function others(request: Asked, choices: string[] = []): string[] {
  const all = request.duration ? [request.duration, ...choices] : choices
  return [...new Set(all)].filter((one) => one !== standing(request))
}
