/** Whether a pointer is `root`, or below it. */
export function within(pointer: string, root: string): boolean {
  return pointer === root || pointer.startsWith(`${root}/`)
}
