import type { Break } from '../../history/verify'

// A history, and what its hash check finds.
export const history = {
  none: 'Nothing has happened yet.',
  types: {
    created: 'Created',
    updated: 'Changed',
    deleted: 'Deleted',
    bound: 'Signed in for the first time',
    unbound: 'Sign-in detached',
    email_cleared: 'Email problem cleared',
    invited: 'Invited',
    enrolled: 'Enrolled',
    key_changed: 'Key changed',
    revoked: 'Rights revoked',
  } as Record<string, string | undefined>,
  by: (name: string | undefined, via: string) => (name ? `by ${name}, ${via}` : via),
  erased: 'What the document said was erased.',
  sameDocument: 'The document itself stayed as it was.',
  was: 'Before:',
  is: 'After:',
  checking: 'Checking the hashes …',
  whole: (n: number) => (n === 0 ? 'There is nothing to check yet.' : n === 1 ? 'The chain is whole: 1 event.' : `The chain is whole: ${n} events.`),
  wholeMore: 'Your browser has computed every hash anew: nothing up to the last event was changed, left out or put in. To know later that nothing was cut off at the end either, note its hash.',
  unread: (n: number) => (n === 1 ? 'One text was erased; the chain holds without it.' : `${n} texts were erased; the chain holds without them.`),
  lastHash: 'Last hash:',
  broken: (seq: number) => `The chain breaks at event ${seq}.`,
  until: (n: number) => (n === 1 ? 'The first event holds.' : `The ${n} events before it hold.`),
  why: {
    missing: (seq) => `Event ${seq} is missing, or not in its place.`,
    hash: () => 'What was hashed is not what its hash was made of: the event was changed.',
    link: (seq) => (seq === 1 ? 'It names an event before it, and there is none.' : `It does not follow event ${seq - 1} as it stands here.`),
    shown: (_, name) => `Its “${name}” is not what was hashed.`,
    text: (_, name) => `Its text “${name}” is not the one that was written.`,
  } as Record<Break['why'], (seq: number, name: string) => string>,
  unsafe: 'The hashes cannot be checked here: your browser computes them only over HTTPS.',
  download: 'Download as JSON',
}
