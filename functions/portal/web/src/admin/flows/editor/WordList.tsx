import { useId, useRef, useState, type ReactNode } from 'react'
import { Button } from '../../../ui/Button'
import fields from '../../../ui/Field.module.css'
import { capital, useFlowWords } from '../words'
import { At } from './At'
import styles from './Editor.module.css'
import { useAt } from './findings'
import { Mark } from './Mark'
import { WordAdder, type Kind } from './WordAdder'

interface Props {
  label: string
  hint?: ReactNode
  /** What is said when there is none. */
  none?: string
  add: string
  kinds: readonly Kind[]
  value: string[]
  onChange: (value: string[]) => void
  pointer: string
}

/** A list of people, groups and roles, or of resources: each removable, more can be added. */
export function WordList({ label, hint, none, add, kinds, value, onChange, pointer }: Props) {
  const id = useId()
  const [adding, setAdding] = useState(false)
  const adder = useRef<HTMLButtonElement>(null)
  const close = () => {
    setAdding(false)
    requestAnimationFrame(() => adder.current?.focus())
  }
  const remove = (word: string) => {
    onChange(value.filter((other) => other !== word))
    adder.current?.focus()
  }
  return (
    <div role="group" aria-labelledby={id} aria-describedby={hint ? `${id}-hint ${id}-found` : `${id}-found`} className={fields.field}>
      <span id={id} className={fields.label}>{label}</span>
      {hint && <div id={`${id}-hint`} className={fields.hint}>{hint}</div>}
      <ul className={styles.words} aria-live="polite">
        {value.map((word, n) => <Word key={word} word={word} resource={kinds[0] === 'resource'} pointer={`${pointer}/${n}`} onRemove={() => remove(word)} />)}
        {value.length === 0 && none && <li className="quiet">{none}</li>}
      </ul>
      {adding
        ? <WordAdder kinds={kinds} taken={value} onAdd={(word) => onChange([...value, word])} onClose={close} />
        : <div className={styles.adder}><Button ref={adder} look="bare" onClick={() => setAdding(true)}>+ {add}</Button></div>}
      <At pointer={pointer} id={`${id}-found`} />
    </div>
  )
}

function Word({ word, resource, pointer, onRemove }: { word: string; resource: boolean; pointer: string; onRemove: () => void }) {
  const words = useFlowWords()
  const { error, warning } = useAt(pointer)
  const name = resource ? words.resource(word) : words.who(word)
  const role = !resource && !word.includes(':')
  return (
    <li>
      <span className={`${styles.word} ${error ? styles.wrong : warning ? styles.doubtful : ''}`}>
        <span>{role ? capital(name) : name}</span>
        <Mark label={words.t.remove(name)} onClick={onRemove}>×</Mark>
      </span>
      <At pointer={pointer} />
    </li>
  )
}
