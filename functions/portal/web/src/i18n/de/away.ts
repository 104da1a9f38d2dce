import type { Messages } from '../en'

export const away: Messages['away'] = {
  lead: 'Nenne jemanden, der für dich entscheidet, solange du weg bist. Deine Aufgaben stehen dann euch beiden offen; an einer Entscheidung steht, dass sie für dich war, und sie zählt einmal für euch beide. Weitergeben lässt sich das nicht, und niemand entscheidet über die eigene Anfrage.',
  standing: { active: 'Gilt jetzt', ahead: 'Beginnt später', over: 'Vorbei' },
  sentence: {
    active: (name) => `${name} entscheidet für dich, so wie du`,
    ahead: (name) => `${name} wird für dich entscheiden`,
    over: (name) => `${name} hat für dich entschieden. Du entscheidest wieder allein`,
  },
  from: 'Von',
  until: 'Bis',
  remains: 'Endet',
  begins: 'Beginnt',
  change: 'Ändern',
  alone: 'Wieder allein entscheiden',
  newTitle: 'Jemanden für dich entscheiden lassen',
  changeTitle: 'Ändern, wer wann für dich entscheidet',
  delegate: 'Wer für dich entscheidet',
  other: 'Jemand anderes',
  email: 'E-Mail-Adresse der Vertretung',
  emailHint: 'Die ganze Adresse bei der Arbeit. Du siehst den Namen, bevor etwas gespeichert wird.',
  looking: 'Wird gesucht …',
  is: (name) => `✓ ${name}`,
  nobody: 'Niemand mit dieser Adresse kann für dich entscheiden.',
  whole: 'Gib die ganze E-Mail-Adresse von jemandem aus deiner Firma an.',
  zone: (zone) => `Deine Ortszeit (${zone})`,
  name: 'Entscheiden lassen',
  overtaken: ['Es wurde inzwischen geändert.', 'Du warst in einem anderen Tab schneller, oder jemand anderes war es. Von hier wurde nichts gespeichert; unten steht, was jetzt gilt.'],
  said: {
    named: (name) => `${name} kann in dieser Zeit für dich entscheiden.`,
    alone: 'Du entscheidest wieder allein.',
  },
}
