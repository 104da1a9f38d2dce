import type { AdminMessages } from '../../en'

export const groups: AdminMessages['documents']['groups'] = {
  lead: 'Gruppen sagen, wer worum bitten darf und wer entscheidet.',
  create: 'Gruppe anlegen',
  newTitle: 'Neue Gruppe',
  membersCome: 'Mitglieder',
  byHand: 'stehen bei jeder Person',
  managed: 'Folgt dem Zugriff',
  ofAdmins: 'Darf hier alles',
  members: 'Mitglieder',
  membersHint: 'Wer zu einer Gruppe gehört, steht auf der Seite der Person.',
  managedHint: 'Mitglieder kommen und gehen mit dem Zugriff, den Anfragen geben. Von Hand geht es nicht.',
  noMembers: 'Niemand ist in dieser Gruppe.',
  moreMembers: (n) => `Das sind die ersten ${n}. Es gibt mehr.`,
  deleteLead: 'Eine Gruppe lässt sich löschen, wenn sie keine Mitglieder hat und kein Ablauf und keine Ressource sie nennt.',
  deleteTitle: (name) => `Die Gruppe ${name} löschen?`,
  deleteWhat: 'Ihr Verlauf bleibt. Niemand verliert dadurch Zugriff: Hat sie noch Mitglieder, lässt sie sich nicht löschen.',
}
