import type { Messages } from '../en'

export const tasks: Messages['tasks'] = {
  lead: (n) => (n === 0 ? 'Nichts wartet auf dich.' : n === 1 ? '1 Anfrage wartet auf dich.' : `${n} Anfragen warten auf dich.`),
  count: (n, title) => (n > 0 ? `(${n}) ${title}` : title),
  empty: 'Nichts wartet auf dich',
  emptyMore: 'Was deine Entscheidung braucht, erscheint hier von selbst.',
  away: 'Bist du bald weg? Sag, wer dich vertritt.',
  asksFor: (who, duration) => (duration ? `${who}, für ${duration}` : who),
  asksMore: (who, duration) => `${who}, für ${duration} mehr`,
  forName: (name) => `für ${name}`,
  whole: 'Die ganze Anfrage öffnen',
  clear: 'Entschiedenes ausblenden',
}
