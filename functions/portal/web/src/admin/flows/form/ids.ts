/** An id that a name suggests: "Production database" as `production-database`. */
export function idFrom(name: string, between: '-' | '_' = '-'): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const words = plain.replace(/[^a-z0-9]+/g, between).replace(between === '_' ? /^[^a-z]+|_+$/g : /^-+|-+$/g, '')
  return words.slice(0, between === '_' ? 32 : 63)
}
