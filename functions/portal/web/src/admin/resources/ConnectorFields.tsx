import type { ReactNode } from 'react'
import { Select, TextField } from '../../ui/Field'
import { useAdminT } from '../messages'
import { Fields } from '../ui/Editor'
import { useDirectory } from '../ui/directory'
import { IdPicker } from '../ui/IdPicker'
import type { Editing } from '../ui/useEditor'
import { fieldsOf, ways, type ConnectorForm, type ResourceForm, type Way } from './resourceForm'

/** How access is given: the way, and what it needs to know. */
export function ConnectorFields({ editor }: { editor: Editing<ResourceForm> }) {
  const t = useAdminT().documents.resources
  const { groups = [], devices = [] } = useDirectory().data ?? {}
  const { form: { connector }, set, at } = editor
  const change = (part: Partial<ConnectorForm>) => set((form) => ({ ...form, connector: { ...form.connector, ...part } }))

  const field = (name: keyof Omit<ConnectorForm, 'way'>): ReactNode => {
    const shared = { label: t.fields[name], hint: t.fieldHints[name], error: at(`/connector/${name}`), required: true, value: connector[name] }
    if (name === 'group' || name === 'device') {
      const options = name === 'group' ? groups.filter(({ id }) => id !== 'admins') : devices
      return <IdPicker key={name} {...shared} onChange={(value) => change({ [name]: value })} options={options} />
    }
    return <TextField key={name} {...shared} onChange={(event) => change({ [name]: event.target.value.trim() })} inputMode={name === 'account' ? 'numeric' : undefined} autoComplete="off" autoCapitalize="none" spellCheck={false} />
  }

  return (
    <Fields legend={t.connector} hint={t.connectorHint}>
      <Select label={t.way} hint={t.wayHints[connector.way]} error={at('/connector/type')} value={connector.way} onChange={(event) => change({ way: event.target.value as Way })}>
        {ways.map((way) => <option key={way} value={way}>{t.ways[way]}</option>)}
      </Select>
      {fieldsOf[connector.way].map(field)}
    </Fields>
  )
}
