import { useId, useState } from 'react'
import type { Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { Field, Select } from '../../ui/Field'
import { useAdminT } from '../messages'
import { useDirectory } from '../ui/IdPicker'
import type { Filters } from './filters'
import styles from './RequestFilters.module.css'

interface Props {
  filters: Filters
  onChange: (filters: Filters) => void
}

/** Narrows the list. A choice counts at once; an id that was typed, once it is one or Enter was pressed. */
export function RequestFilters({ filters, onChange }: Props) {
  const t = useT()
  const words = useAdminT().requests.filter
  const directory = useDirectory().data
  const statuses = Object.keys(t.status) as Schemas['Status'][]
  return (
    <div className={styles.filters} role="search" aria-label={words.label}>
      <Select label={words.status} value={filters.status ?? ''} onChange={(event) => onChange({ ...filters, status: (event.target.value || undefined) as Schemas['Status'] | undefined })}>
        <option value="">{words.every}</option>
        {statuses.filter((status) => status !== 'granting').map((status) => <option key={status} value={status}>{t.status[status]}</option>)}
        <option value="granting">{`${t.status.granting} (${words.granting})`}</option>
      </Select>
      <Picked key={`resource ${filters.resource_id}`} label={words.resource} unknown={words.nothing} value={filters.resource_id} options={directory?.resources} onPick={(id) => onChange({ ...filters, resource_id: id })} />
      <Picked key={`requester ${filters.requester_id}`} label={words.requester} unknown={words.nobody} value={filters.requester_id} options={directory?.people} onPick={(id) => onChange({ ...filters, requester_id: id })} />
      {(filters.status || filters.resource_id || filters.requester_id) && <div className={styles.clear}><Button look="bare" onClick={() => onChange({})}>{words.clear}</Button></div>}
    </div>
  )
}

interface PickedProps {
  label: string
  unknown: string
  value?: string
  options?: { id: string; name?: string }[]
  onPick: (id: string | undefined) => void
}

function Picked({ label, unknown, value = '', options, onPick }: PickedProps) {
  const [typed, setTyped] = useState(value)
  const list = useId()
  const pick = (id: string) => { if (id !== value) onPick(id || undefined) }
  const chosen = options?.find((option) => option.id === value)
  return (
    <form onSubmit={(event) => { event.preventDefault(); pick(typed) }}>
      <Field label={label}>
        {(wired) => (
          <input
            {...wired}
            type="search"
            list={list}
            value={typed}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => {
              const id = event.target.value.trim()
              setTyped(id)
              if (id === '' || options?.some((option) => option.id === id)) pick(id)
            }}
          />
        )}
      </Field>
      <datalist id={list}>{options?.map((option) => <option key={option.id} value={option.id}>{option.name}</option>)}</datalist>
      <p className={`small quiet ${styles.name}`}>{value && options ? (chosen ? chosen.name : unknown) : ''}</p>
    </form>
  )
}
