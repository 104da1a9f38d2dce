// Where what the API finds in a flow stands in the form.
import type { Schemas } from '../../../api/client'
import type { Draft } from './draft'

function entries(pointer: string, list: unknown[]): string[] {
  return [pointer, ...list.map((_, n) => `${pointer}/${n}`)]
}

function members(pointer: string, names: string[]): string[] {
  return [pointer, ...names.map((name) => `${pointer}/${name}`)]
}

function ofDuration(d: Draft): string[] {
  const choices = d.mode === 'none' ? [] : d.mode === 'fixed' ? d.choices.slice(0, 1) : d.choices
  return [
    ...members('/duration', ['mode']),
    ...(d.mode === 'none' ? [] : entries('/duration/choices', choices)),
    ...(d.mode === 'choice' ? ['/duration/max'] : []),
    ...(d.mode !== 'none' && d.extendable
      ? [...members('/duration/extend', ['up_to', 'times']), ...entries('/duration/extend/approvers', d.extendApprovers)]
      : []),
  ]
}

/** Every pointer that the form of a draft has a place for. */
export function shown(d: Draft): string[] {
  return [
    '/id', '/name', '/pending_for', '/remind_every', '/claim_within', '/starts_within', '/order', '/deny_when',
    '/same_person', '/decide_in', '/delegation', '/email_sign_in', '/show_progress', '/enabled',
    ...entries('/resources', d.resources),
    ...entries('/visible_to', d.visibleTo),
    ...entries('/submitters', d.submitters),
    '/steps',
    ...d.steps.flatMap((step, n) => [
      ...members(`/steps/${n}`, ['needed', 'escalate_after', 'skip_after']),
      ...entries(`/steps/${n}/approvers`, step.approvers),
      ...entries(`/steps/${n}/fallback`, step.fallback),
    ]),
    ...ofDuration(d),
    '/fields',
    ...d.fields.flatMap((_, n) => members(`/fields/${n}`, ['id', 'label', 'required', 'choices', 'pattern', 'message'])),
    '/policies',
    ...d.policies.flatMap((_, n) => members(`/policies/${n}`, ['id', 'source'])),
  ]
}

export interface Finding {
  /** Where it stands in the form: its own pointer, or the nearest above it that is shown; '' is nowhere. */
  place: string
  pointer: string
  code: string
  detail: string
}

/** Finds each finding its place. What a parameter is blamed for stands at the member of that name. */
export function place(found: Schemas['FieldError'][], shownPointers: string[]): Finding[] {
  const known = new Set(shownPointers)
  return found.map(({ pointer, parameter, code, detail }) => {
    const at = pointer ?? (parameter ? `/${parameter}` : '')
    let nearest = at
    while (nearest !== '' && !known.has(nearest)) nearest = nearest.slice(0, nearest.lastIndexOf('/'))
    return { place: nearest, pointer: at, code, detail }
  })
}
