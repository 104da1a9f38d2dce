import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { emptyPerson, personForm, personInput } from './personForm'

const ana: Schemas['Person'] = {
  id: 'ana', version: 3, email: 'ana@example.com', name: 'Ana', manager: 'ben', groups: ['engineering'], status: 'suspended',
  bound: true, granted_groups: ['figma-users'], email_problem: { kind: 'bounced', since: '2026-11-30T03:00:00Z' },
}

test('what was read is written back as it was, without what is not for admins to write', () => {
  expect(personInput(personForm(ana))).toEqual({
    id: 'ana', email: 'ana@example.com', name: 'Ana', manager: 'ben', groups: ['engineering'], status: 'suspended', time_zone: undefined, locale: undefined,
  })
})

test('what was emptied is left out', () => {
  const input = personInput({ ...emptyPerson, id: 'ad', name: ' Ad ', email: ' ad@example.com ', manager: ' ' })
  expect(input).toMatchObject({ name: 'Ad', email: 'ad@example.com', groups: [], status: 'active' })
  expect(input.manager).toBeUndefined()
})
