/** An id that a question suggests: "Which region?" as `which_region`. */
export function idFrom(label: string): string {
  const plain = label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+/, '').slice(0, 32).replace(/_+$/, '')
}
