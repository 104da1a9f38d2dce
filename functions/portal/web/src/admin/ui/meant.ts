/** The id that someone means who typed a name, or an id in other letters. */
export function meant(typed: string, options: { id: string; name?: string }[]): string {
  const plain = typed.trim()
  const small = plain.toLowerCase()
  const option = options.find(({ id }) => id.toLowerCase() === small) ?? options.find(({ name }) => name?.toLowerCase() === small)
  return option?.id ?? plain
}
