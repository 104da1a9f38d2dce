// A flow's parts in words.
import { useMemo } from 'react'
import type { Schemas } from '../../api/client'
import { useWords, type Messages } from '../../i18n'
import { inWords } from '../../lib/duration'
import type { AdminMessages } from '../i18n/en'
import { useAdminT } from '../messages'
import { useDirectory } from '../ui/IdPicker'

/** As at the beginning of a sentence. */
export function capital(words: string) { return words.charAt(0).toUpperCase() + words.slice(1) }

type Directory = NonNullable<ReturnType<typeof useDirectory>['data']>
type Kind = 'people' | 'groups' | 'resources'

/** The words for a flow's parts, with the names that the directory has. */
export function flowWords(t: Messages, admin: AdminMessages, locale: string, directory?: Directory) {
  const f = admin.flows
  const name = (kind: Kind, id: string) => directory?.[kind].find((one) => one.id === id)?.name ?? id
  const list = (words: string[], type: 'conjunction' | 'disjunction' = 'conjunction') => new Intl.ListFormat(locale, { type }).format(words)
  const span = (duration: string) => inWords(duration, locale)

  /** An approver or one of an audience: `manager`, `group:security`, … */
  const who = (word: string): string => {
    const [kind, id] = word.split(':', 2) as [string, string?]
    if (kind === 'group' && id !== undefined) return f.who.group(name('groups', id))
    if (kind === 'person' && id !== undefined) return name('people', id)
    return (f.who as Record<string, unknown>)[kind] as string | undefined ?? word
  }

  return {
    t: f, list, span, who,
    resource: (id: string) => name('resources', id),
    audience: (words: string[]) => list(words.map(who), 'disjunction'),
    step: ({ approvers, needed }: Pick<Schemas['FlowStep'], 'approvers' | 'needed'>) =>
      t.request.needs(list(approvers.map(who), needed === 'all' ? 'conjunction' : 'disjunction'), needed, approvers.length),
    needed: (needed: Schemas['Needed']) => (typeof needed === 'number' ? String(needed) : needed === 'all' ? f.step.all : f.step.any),
    duration: ({ mode, choices = [], max }: Schemas['DurationRule']) => {
      if (mode === 'none') return f.duration.none
      if (mode === 'fixed') return f.duration.fixed(span(choices[0] ?? ''))
      return list([...choices.map(span), ...(max ? [f.duration.upTo(span(max))] : [])], 'disjunction')
    },
  }
}

export type FlowWords = ReturnType<typeof flowWords>

export function useFlowWords(): FlowWords {
  const { t, locale } = useWords()
  const admin = useAdminT()
  const { data } = useDirectory()
  return useMemo(() => flowWords(t, admin, locale, data), [t, admin, locale, data])
}
