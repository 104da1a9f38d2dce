import { useRef } from 'react'
import type { Schemas } from '../../api/client'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/Field'
import { Notice } from '../../ui/Notice'
import { useAdminT } from '../messages'
import { useDirectory } from '../ui/directory'
import { IdPicker } from '../ui/IdPicker'
import type { Editing } from '../ui/useEditor'
import styles from './AccountRows.module.css'
import type { DeviceForm } from './deviceForm'

const most = 20

/** Whose local accounts are on a device. */
export function AccountRows({ editor }: { editor: Editing<DeviceForm> }) {
  const t = useAdminT().documents.devices
  const { people = [] } = useDirectory().data ?? {}
  const rows = useRef<HTMLDivElement>(null)
  const { form: { accounts }, set, at } = editor
  const change = (n: number, part: Partial<Schemas['Account']>) =>
    set((form) => ({ ...form, accounts: form.accounts.map((row, m) => (m === n ? { ...row, ...part } : row)) }))
  return (
    <div ref={rows} className={styles.rows}>
      {at('/accounts') && <Notice kind="bad" title={at('/accounts')} />}
      {accounts.length === 0 && <p className="quiet">{t.noAccounts}</p>}
      {accounts.map((row, n) => (
        <div key={n} className={styles.row} role="group" aria-label={t.accountOf(n + 1)}>
          <IdPicker label={t.person} error={at(`/accounts/${n}/person`)} required value={row.person} onChange={(person) => change(n, { person })} options={people} />
          <TextField
            label={t.account} error={at(`/accounts/${n}/account`)} required maxLength={32} value={row.account}
            onChange={(event) => change(n, { account: event.target.value.trim() })} autoComplete="off" autoCapitalize="none" spellCheck={false}
          />
          <Button
            className={styles.out}
            aria-label={t.takeOut(n + 1)}
            onClick={() => {
              set((form) => ({ ...form, accounts: form.accounts.filter((_, m) => m !== n) }))
              rows.current?.querySelector<HTMLElement>(':scope > button')?.focus()
            }}
          >{t.remove}</Button>
        </div>
      ))}
      {accounts.length < most && (
        <Button className={styles.add} onClick={() => set((form) => ({ ...form, accounts: [...form.accounts, { person: '', account: '' }] }))}>{t.addAccount}</Button>
      )}
    </div>
  )
}
