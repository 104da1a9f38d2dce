import type { AdminMessages } from '../en'
import { history } from './history'
import { moves } from './moves'
import { sessions } from './sessions'

export const requests: AdminMessages['requests'] = {
  history,
  moves,
  sessions,
  lead: 'Alles, worum jemand gebeten hat, das Neueste zuerst.',
  filter: {
    label: 'Filter',
    status: 'Status',
    every: 'Jeder Status',
    granting: 'wird eingerichtet',
    resource: 'Ressource',
    requester: 'Wer anfragt',
    clear: 'Filter aufheben',
    nobody: 'So jemand steht nicht im Verzeichnis.',
    nothing: 'Diese Ressource gibt es zurzeit nicht.',
  },
  column: { request: 'Anfrage', status: 'Status', waits: 'Worauf sie wartet', submitted: 'Gestellt' },
  list: 'Anfragen',
  none: 'Noch keine Anfragen',
  noneMore: 'Sobald jemand um einen Zugriff bittet, steht es hier.',
  noMatch: 'Keine Anfrage passt zu diesen Filtern',
  notYet: 'Unter den bisher durchgesehenen ist keine.',
  further: 'Weiter suchen',
  by: (who, submitter) => (submitter ? `${who}, gestellt von ${submitter}` : who),
  waits: {
    decision: (who) => who,
    answer: (who) => `Auf eine Antwort von ${who}`,
    nobody: 'So, wie es steht, kann niemand entscheiden',
    moreTime: (duration) => `Bittet um mehr Zeit: ${duration}`,
    begins: 'Soll beginnen',
    setUp: 'Wird eingerichtet',
    start: (who) => `${who} muss ihn starten`,
    ending: 'Wird entzogen',
    noEnd: 'Ohne Ende',
  },
  drift: { removed: 'Außerhalb entzogen', readded: 'Außerhalb wieder gegeben' },
}
