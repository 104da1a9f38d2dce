export const applications = {
  lead: 'What you have access to now.',
  open: 'Open',
  openName: (name: string) => `Open ${name}`,
  since: 'Since',
  empty: 'You hold nothing right now',
  emptyMore: 'What was approved for you appears here, with the time that remains.',
  ask: 'Ask for access',
  request: 'Request',
  requestOf: (name: string) => `The request for ${name}`,
}
