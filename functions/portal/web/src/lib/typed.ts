// What was typed and not sent, for as long as the tab lives: also while the person
// is away to sign in again.
const prefix = 'latchkey.typed.'

export const typed = {
  get: (of: string) => sessionStorage.getItem(prefix + of) ?? undefined,
  keep: (of: string, text: string) => { sessionStorage.setItem(prefix + of, text) },
  drop: (of: string) => { sessionStorage.removeItem(prefix + of) },
}

/** Forgets all of it: it is one person's. */
export function forgetTyped() {
  Object.keys(sessionStorage).filter((key) => key.startsWith(prefix)).forEach((key) => sessionStorage.removeItem(key))
}
