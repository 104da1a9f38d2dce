import type { Schemas } from '../api/client'
import type { Messages } from '../i18n'
import { inWords } from '../lib/duration'

/** For how long a flow gives access, as a sentence for each thing there is to say. */
export function ruleInWords(rule: Schemas['DurationRule'], t: Messages, language: string): string[] {
  const words = t.requests.rule
  const choices = new Intl.ListFormat(language, { type: 'disjunction' }).format((rule.choices ?? []).map((one) => inWords(one, language)))
  const longest = rule.max && inWords(rule.max, language)
  const first = rule.mode === 'none' ? words.none : !longest ? choices : choices ? words.orUpTo(choices, longest) : words.upTo(longest)
  return rule.extend ? [first, words.extend(rule.extend.times, inWords(rule.extend.up_to, language))] : [first]
}
