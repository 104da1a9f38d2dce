// What the API finds in a flow, as the fields of its form get to know it.
import { createContext, useContext } from 'react'
import { useAdminT } from '../../messages'
import { within } from '../../ui/within'
import type { Finding } from '../form/pointers'

export interface Found { refused: Finding[]; warned: Finding[] }

export const nothingFound: Found = { refused: [], warned: [] }

export const FoundContext = createContext<Found>(nothingFound)

const spans = /\/(choices\/\d+|max|up_to|escalate_after|skip_after|pending_for|remind_every|claim_within|starts_within)$/
const shapeOfSpan = new Set(['pattern', 'too_small', 'type'])

/** A finding in words: by its code, or as the API says it. */
export function useFindingText() {
  const { flows, document } = useAdminT()
  return ({ pointer, code, detail }: Finding): string => {
    if (shapeOfSpan.has(code) && (spans.test(pointer) || /\/(order|times|needed)$/.test(pointer))) return flows.wholeNumber
    if (code === 'pattern' && pointer === '/id') return document.idHint
    return flows.found[code] ?? flows.foundShape[code] ?? detail
  }
}

/** What is wrong, or doubtful, with the field at a pointer, and a mark by which focus finds it. */
export function useAt(pointer: string) {
  const { refused, warned } = useContext(FoundContext)
  const text = useFindingText()
  const say = (all: Finding[]) => all.filter((finding) => finding.place === pointer).map(text).join(' ') || undefined
  return { error: say(refused), warning: say(warned), 'data-at': pointer }
}

/** Whether anything is found at a pointer or below it, so that it has to be seen. */
export function useAnyWithin(...roots: string[]): boolean {
  const { refused, warned } = useContext(FoundContext)
  return [...refused, ...warned].some((finding) => roots.some((root) => within(finding.place, root)))
}

/** Takes the focus to the first of these places, in the order of the form. */
export function goToFirst(form: HTMLElement | null, places: string[]) {
  const at = [...(form?.querySelectorAll<HTMLElement>('[data-at]') ?? [])].find((one) => places.includes(one.dataset.at ?? ''))
  for (let box = at?.closest('details'); box; box = box.parentElement?.closest('details')) box.open = true
  at?.focus()
}
