export const tasks = {
  lead: (n: number) => (n === 0 ? 'Nothing waits for you.' : n === 1 ? '1 request waits for you.' : `${n} requests wait for you.`),
  count: (n: number, title: string) => (n > 0 ? `(${n}) ${title}` : title),
  empty: 'Nothing waits for you',
  emptyMore: 'What needs your decision appears here by itself.',
  away: 'Will you be away? Name who decides for you.',
  asksFor: (who: string, duration: string | undefined) => (duration ? `${who}, for ${duration}` : who),
  asksMore: (who: string, duration: string) => `${who}, for ${duration} more`,
  forName: (name: string) => `for ${name}`,
  whole: 'Open the whole request',
  clear: 'Clear what is decided',
}
