import type { Messages } from '../en'

export const applications: Messages['applications'] = {
  lead: 'Worauf du gerade Zugriff hast.',
  held: (n) => (n === 1 ? 'Du hast gerade 1 Zugang' : `Du hast gerade ${n} Zugänge`),
  open: 'Öffnen',
  since: 'Seit',
  empty: 'Du hast gerade keinen Zugriff',
  emptyMore: 'Was dir genehmigt wurde, steht hier, mit der Zeit, die bleibt.',
  ask: 'Zugriff anfragen',
  request: 'Anfrage',
  requestOf: (name) => `Die Anfrage zu ${name}`,
}
