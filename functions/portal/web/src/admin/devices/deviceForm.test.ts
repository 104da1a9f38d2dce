import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { checkAccounts, deviceForm, deviceInput, emptyDevice } from './deviceForm'

const mac: Schemas['Device'] = {
  id: 'ana-macbook', version: 3, name: "Ana's MacBook", accounts: [{ person: 'ana', account: 'ana' }], enrolment: 'enrolled', online: true,
  rights: [{ person: 'ana', account: 'ana', given: true, foreign: false }],
}

test('what was read is written back as it was, without what the agent says', () => {
  expect(deviceInput(deviceForm(mac))).toEqual({ id: 'ana-macbook', name: "Ana's MacBook", accounts: [{ person: 'ana', account: 'ana' }] })
})

test('each row of accounts names a person and an account', () => {
  expect(checkAccounts({ ...emptyDevice, accounts: [{ person: 'ana', account: 'ana' }, { person: '', account: 'gus' }] }))
    .toEqual([{ pointer: '/accounts/1/person', code: 'required', detail: '' }])
  expect(checkAccounts({ ...emptyDevice, accounts: [] })).toEqual([])
})
