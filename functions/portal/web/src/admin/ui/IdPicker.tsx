import { useQuery } from '@tanstack/react-query'
import { useId, type ReactNode } from 'react'
import { api, call, everyPage } from '../../api/client'
import { TextField } from '../../ui/Field'
import { meant } from './meant'

/** The ids and names that the configuration has, for pickers. */
export function useDirectory() {
  return useQuery({
    queryKey: ['admin', 'directory'],
    staleTime: 30_000,
    queryFn: async () => {
      const query = (cursor?: string) => ({ params: { query: { cursor, limit: 100 } } })
      const [people, groups, resources, devices] = await Promise.all([
        everyPage((cursor) => call(api.GET('/v1/admin/people', query(cursor)))),
        everyPage((cursor) => call(api.GET('/v1/admin/groups', query(cursor)))),
        everyPage((cursor) => call(api.GET('/v1/admin/resources', query(cursor)))),
        everyPage((cursor) => call(api.GET('/v1/admin/devices', query(cursor)))),
      ])
      return { people, groups, resources, devices }
    },
  })
}

interface Props {
  label: ReactNode
  hint?: ReactNode
  error?: string
  required?: boolean
  value: string
  onChange: (value: string) => void
  options: { id: string; name?: string }[]
}

/** An id, typed or chosen from what there is. */
export function IdPicker({ options, value, onChange, ...rest }: Props) {
  const list = useId()
  return (
    <>
      <TextField {...rest} value={value} onChange={(event) => onChange(event.target.value.trim())} onBlur={() => { if (meant(value, options) !== value) onChange(meant(value, options)) }} list={list} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      <datalist id={list}>
        {options.map((option) => <option key={option.id} value={option.id}>{option.name}</option>)}
      </datalist>
    </>
  )
}
