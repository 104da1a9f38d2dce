import type { Messages } from '../en'

export const request: Messages['request'] = {
  approver: {
    person: 'jemand',
    group: (name) => `${name} (Gruppe)`,
    manager: (name) => `${name} (Führungskraft)`,
    owner: (name) => `${name} (zuständig)`,
    noManager: 'die Führungskraft',
    noOwner: 'wer zuständig ist',
    admins: 'die Verwaltung',
  },
  needs: (who, needed, named) =>
    typeof needed === 'number' && needed > 1 ? `${needed} von ${who}` : needed === 'all' && named > 1 ? `Alle von ${who}` : who.charAt(0).toUpperCase() + who.slice(1),
  progress: 'Stand der Genehmigung',
  step: {
    waiting: 'Kommt später',
    open: 'Wartet auf eine Entscheidung',
    approved: 'Genehmigt',
    denied: 'Abgelehnt',
    skipped: 'Übersprungen',
    closed: 'Nicht entschieden',
  },
  decided: (verdict, by, onBehalfOf, via) => {
    const what = { approve: 'genehmigt', deny: 'abgelehnt', ask: 'nachgefragt' }[verdict]
    return `${by}${onBehalfOf ? ` (für ${onBehalfOf})` : ''} hat ${via} ${what}`
  },
}
