/**
 * Milliseconds until a query is looked at again: a fifth of the time for which its
 * answer has been the same, between the shortest and the longest. Failures make
 * it wait longer each time; one that will not pass by itself, as long as it may.
 */
export function untilNextLook([shortest, longest]: [number, number], unchanged: number, failures: number, passing = true, retryAfter = 0): number {
  if (failures === 0) return Math.min(longest, Math.max(shortest, unchanged / 5))
  if (!passing) return longest
  return Math.max(retryAfter * 1000, Math.min(longest, shortest * 2 ** failures))
}
