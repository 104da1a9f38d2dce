import type { Schemas } from '../../../api/client'
import { history } from './history'
import { moves } from './moves'
import { sessions } from './sessions'

export const requests = {
  history,
  moves,
  sessions,
  lead: 'Everything that was asked for, by anyone, the newest first.',
  filter: {
    label: 'Filter',
    status: 'Status',
    every: 'Any status',
    granting: 'being set up',
    resource: 'Resource',
    requester: 'Requester',
    clear: 'Clear the filters',
    nobody: 'The directory has no such person.',
    nothing: 'There is no such resource now.',
  },
  column: { request: 'Request', status: 'Status', waits: 'What it waits for', submitted: 'Asked' },
  list: 'Requests',
  none: 'No requests yet',
  noneMore: 'Once someone asks for access, it shows here.',
  noMatch: 'No request fits these filters',
  notYet: 'None among those looked through so far.',
  further: 'Look further',
  by: (who: string, submitter: string | undefined) => (submitter ? `${who}, asked for by ${submitter}` : who),
  waits: {
    decision: (who: string) => who,
    answer: (who: string) => `An answer of ${who}`,
    nobody: 'Nobody can decide it, as things are',
    moreTime: (duration: string) => `More time was asked for: ${duration}`,
    begins: 'Is to begin',
    setUp: 'Is being set up',
    start: (who: string) => `${who} has to start it`,
    ending: 'Is being taken away',
    noEnd: 'Without an end',
  },
  drift: {
    removed: 'Taken away outside',
    readded: 'There again, given outside',
  } satisfies Record<NonNullable<Schemas['Request']['drift']>, string> as Record<NonNullable<Schemas['Request']['drift']>, string>,
}
