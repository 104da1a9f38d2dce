/** Whether every word of a search is somewhere in these texts. */
export function matches(search: string, ...texts: (string | undefined)[]): boolean {
  const all = texts.join(' ').toLocaleLowerCase()
  return search.toLocaleLowerCase().split(/\s+/).every((word) => all.includes(word))
}
