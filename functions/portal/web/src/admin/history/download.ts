/** Hands a JSON file to the person. */
export function download(name: string, content: unknown) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser takes the file after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
