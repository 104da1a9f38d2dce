export const applications = {
  lead: 'What you have access to now.',
  held: (n: number) => (n === 1 ? '1 application is yours now' : `${n} applications are yours now`),
  open: 'Open',
  since: 'Since',
  empty: 'You hold nothing right now',
  emptyMore: 'What was approved for you appears here, with the time that remains.',
  ask: 'Ask for access',
  request: 'Request',
  requestOf: (name: string) => `The request for ${name}`,
}
