import type { Schemas } from '../api/client'

type Request = Pick<Schemas['Request'], 'answers' | 'fields'>

/** What a field of the form is called: its id, made readable, where the flow does not say. */
export function labelOf(request: Request | undefined, id: string): string {
  const text = request?.fields?.find((field) => field.id === id)?.label ?? id.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What was filled in, by what it is called, in the order of the form. */
export function answersOf(request: Request): [label: string, answer: string][] {
  const order = request.fields?.map((field) => field.id) ?? []
  const ids = [...order, ...Object.keys(request.answers).filter((id) => !order.includes(id))]
  return ids.map((id) => [labelOf(request, id), request.answers[id] ?? ''])
}
