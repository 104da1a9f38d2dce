import type { Standing } from '../../away/period'

type Stands = Exclude<Standing, 'none'>

export const away = {
  lead: 'Name someone to decide for you while you are away. Your tasks are then open to both of you, and a decision of theirs says that it was for you and counts once for you two. They cannot pass it on, and nobody decides their own request.',
  standing: { active: 'Active now', ahead: 'Begins later', over: 'Over' } satisfies Record<Stands, string> as Record<Stands, string>,
  sentence: {
    active: (name) => `${name} decides for you, as you do`,
    ahead: (name) => `${name} is going to decide for you`,
    over: (name) => `${name} decided for you. You decide alone again`,
  } as Record<Stands, (name: string) => string>,
  from: 'From',
  until: 'Until',
  remains: 'Ends',
  begins: 'Begins',
  change: 'Change',
  alone: 'Decide alone again',
  newTitle: 'Let someone decide for you',
  changeTitle: 'Change who decides for you, or when',
  delegate: 'Who decides for you',
  other: 'Someone else',
  email: 'Email of who decides for you',
  emailHint: 'Their whole work address. You see the name before anything is saved.',
  looking: 'Looking …',
  is: (name: string) => `✓ ${name}`,
  nobody: 'Nobody with this email can decide for you.',
  whole: 'Give the whole email of someone in your company.',
  zone: (zone: string) => `Your local time (${zone})`,
  name: 'Let them decide',
  overtaken: ['It was changed meanwhile.', 'You, or another tab of yours, were faster. Nothing of this was saved; here is what stands now.'],
  said: {
    named: (name: string) => `${name} can decide for you in that time.`,
    alone: 'You decide alone again.',
  },
}
