import { expect, test } from 'vitest'
import { messages } from '../i18n/en'
import { ruleInWords } from './rule'

test('a duration rule says for how long, and whether it may be extended', () => {
  expect(ruleInWords({ mode: 'none' }, messages, 'en')).toEqual(['Not timed: yours until you give it back'])
  expect(ruleInWords({ mode: 'fixed', choices: ['PT2M'] }, messages, 'en')).toEqual(['2 minutes'])
  expect(ruleInWords({ mode: 'choice', choices: ['PT1H', 'P7D'] }, messages, 'en')).toEqual(['1 hour or 7 days'])
  expect(ruleInWords({ mode: 'choice', choices: ['PT1H'], max: 'P7D' }, messages, 'en')).toEqual(['1 hour, or anything up to 7 days'])
  expect(ruleInWords({ mode: 'choice', max: 'P7D' }, messages, 'en')).toEqual(['Anything up to 7 days'])
  expect(ruleInWords({ mode: 'fixed', choices: ['PT1H'], extend: { up_to: 'PT30M', times: 2 } }, messages, 'en'))
    .toEqual(['1 hour', 'Can be extended 2 times, by up to 30 minutes each'])
})
