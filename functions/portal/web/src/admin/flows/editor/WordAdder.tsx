import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Button } from '../../../ui/Button'
import { Select } from '../../../ui/Field'
import { useAdminT } from '../../messages'
import { useDirectory } from '../../ui/directory'
import { IdPicker } from '../../ui/IdPicker'
import { meant } from '../../ui/meant'
import styles from './Editor.module.css'

export const audienceKinds = ['everyone', 'group', 'person'] as const
export const approverKinds = ['manager', 'owner', 'admins', 'group', 'person'] as const
export const resourceKinds = ['resource'] as const
export type Kind = (typeof audienceKinds)[number] | (typeof approverKinds)[number] | 'resource'

interface Props {
  kinds: readonly Kind[]
  taken: string[]
  onAdd: (word: string) => void
  onClose: () => void
}

const needsId = (kind: Kind): kind is 'group' | 'person' | 'resource' => kind === 'group' || kind === 'person' || kind === 'resource'

/** Adds to a list: first the kind, then whom of that kind. */
export function WordAdder({ kinds, taken, onAdd, onClose }: Props) {
  const { flows } = useAdminT()
  const { data } = useDirectory()
  const box = useRef<HTMLDivElement>(null)
  const [kind, setKind] = useState<Kind>(kinds.find((k) => needsId(k) || !taken.includes(k)) ?? 'group')
  const [id, setId] = useState('')
  useEffect(() => box.current?.querySelector<HTMLElement>('select, input')?.focus(), [])

  const options = (kind === 'group' ? data?.groups : kind === 'person' ? data?.people : data?.resources) ?? []
  const chosen = meant(id, options)
  const word = needsId(kind) ? (kind === 'resource' ? chosen : `${kind}:${chosen}`) : kind
  const ready = (!needsId(kind) || chosen !== '') && !taken.includes(word)
  const add = () => {
    if (!ready) {
      box.current?.querySelector('input')?.focus()
      return
    }
    onAdd(word)
    setId('')
    if (!needsId(kind)) onClose()
  }
  useEffect(() => {
    const element = box.current
    const keyed = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose()
      if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
      event.preventDefault() // it would send the form around it
      add()
    }
    const form = element?.closest('form')
    const sent = () => { if (needsId(kind) && ready) flushSync(add) } // what was typed and not added is saved with the rest
    element?.addEventListener('keydown', keyed)
    form?.addEventListener('submit', sent, true)
    return () => {
      element?.removeEventListener('keydown', keyed)
      form?.removeEventListener('submit', sent, true)
    }
  })
  return (
    <div ref={box} className={styles.adding}>
      {kinds.length > 1 && (
        <Select label={flows.adder.kind} value={kind} onChange={(event) => {
          setKind(event.target.value as Kind)
          setId('')
        }}>
          {kinds.map((k) => <option key={k} value={k}>{flows.kinds[k]}</option>)}
        </Select>
      )}
      {needsId(kind) && (
        <IdPicker label={flows.adder[kind]} required value={id} onChange={setId} options={options.filter((one) => !taken.includes(kind === 'resource' ? one.id : `${kind}:${one.id}`))} />
      )}
      <div className={styles.addingEnd}>
        <Button onClick={add}>{flows.adder.add}</Button>
        <Button look="bare" onClick={onClose}>{flows.adder.close}</Button>
      </div>
    </div>
  )
}
