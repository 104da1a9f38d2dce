import type { Schemas } from '../api/client'
import { useWords } from '../i18n'
import { inWords } from '../lib/duration'
import { detail, sentenceOf } from './turns'

type Event = Schemas['Event']

/** Who acted, and for whom. `names` may know whom the event has only the id of. */
export function useActor() {
  const { t } = useWords()
  return (event: Event, name: (id: string) => string = (id) => id): string => {
    const { actor } = event
    if (actor.kind === 'system') return t.request.page.latchkey
    const by = actor.name ?? name(actor.id ?? '')
    return actor.on_behalf_of ? t.request.page.forWhom(by, name(actor.on_behalf_of)) : by
  }
}

/** An event in a sentence. */
export function useEventText() {
  const { t, locale } = useWords()
  const actor = useActor()
  return (event: Event, name?: (id: string) => string): string => {
    const span = detail(event, 'given') ?? detail(event, 'asked') ?? ''
    const say = t.request.page.event[sentenceOf(event)]
    return say ? say(actor(event, name), inWords(span, locale)) : event.type
  }
}
