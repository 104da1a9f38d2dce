import type { Schemas } from '../../api/client'

export interface DeviceForm {
  id: string
  name: string
  accounts: Schemas['Account'][]
}

export const emptyDevice: DeviceForm = { id: '', name: '', accounts: [{ person: '', account: '' }] }

export function deviceForm({ id, name, accounts }: Schemas['Device']): DeviceForm {
  return { id, name, accounts: accounts.map(({ person, account }) => ({ person, account })) }
}

export function deviceInput({ id, name, accounts }: DeviceForm): Schemas['DeviceInput'] {
  return { id, name: name.trim(), accounts }
}

/** What is missing in the rows of accounts. */
export function checkAccounts({ accounts }: DeviceForm): Schemas['FieldError'][] {
  return accounts.flatMap((row, n) => (['person', 'account'] as const)
    .filter((member) => row[member] === '')
    .map((member) => ({ pointer: `/accounts/${n}/${member}`, code: 'required', detail: '' })))
}
