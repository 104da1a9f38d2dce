import { useId, useState } from 'react'
import type { Schemas } from '../../api/client'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { Field, Select } from '../../ui/Field'
import { useAdminT } from '../messages'
import { useDirectory } from '../ui/directory'
import { isId } from '../ui/id'
import { meant } from '../ui/meant'
import type { Filters } from './filters'
import styles from './RequestFilters.module.css'

interface Props {
  filters: Filters
  onChange: (filters: Filters) => void
}

/** Narrows the list. A choice counts at once; what was typed, once Enter was pressed, or the field is left and it is there. */
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
      <Picked label={words.resource} unknown={words.nothing} value={filters.resource_id} options={directory?.resources} whole={directory?.whole} onPick={(id) => onChange({ ...filters, resource_id: id })} />
      <Picked label={words.requester} unknown={words.nobody} value={filters.requester_id} options={directory?.people} whole={directory?.whole} onPick={(id) => onChange({ ...filters, requester_id: id })} />
      {(filters.status || filters.resource_id || filters.requester_id) && <div className={styles.clear}><Button look="bare" onClick={() => onChange({})}>{words.clear}</Button></div>}
    </div>
  )
}

interface PickedProps {
  label: string
  unknown: string
  value?: string
  options?: { id: string; name?: string }[]
  /** Whether those are all. */
  whole?: boolean
  onPick: (id: string | undefined) => void
}

function Picked({ label, unknown, value = '', options, whole, onPick }: PickedProps) {
  const [typed, setTyped] = useState(value)
  const [odd, setOdd] = useState(false) // nothing can be called what was sent
  const [known, setKnown] = useState(value)
  const list = useId()
  if (known !== value) { // it changed from outside, or as it was picked
    setKnown(value)
    setTyped(value)
  }
  const pick = (text: string, sent = false) => {
    const id = meant(text, options ?? [])
    const there = id === '' || options?.some((option) => option.id === id)
    setOdd(sent && !there && !isId(id))
    if (!there && !(sent && isId(id))) return
    setTyped(id)
    if (id !== value) onPick(id || undefined)
  }
  const chosen = options?.find((option) => option.id === value)
  return (
    <form onSubmit={(event) => { event.preventDefault(); pick(typed, true) }}>
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
              const how = (event.nativeEvent as Partial<InputEvent>).inputType
              if (how === undefined || how === 'insertReplacementText') pick(event.target.value) // chosen from the list, or cleared by its button
              else setTyped(event.target.value)
            }}
            onBlur={() => pick(typed)}
          />
        )}
      </Field>
      <datalist id={list}>{options?.map((option) => <option key={option.id} value={option.id}>{option.name}</option>)}</datalist>
      <p className={`small quiet ${styles.name}`}>{odd ? unknown : value && options ? (chosen ? chosen.name : whole && unknown) : ''}</p>
    </form>
  )
}
