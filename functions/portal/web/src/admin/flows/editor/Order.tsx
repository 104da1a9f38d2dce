import { flushSync } from 'react-dom'
import type { MouseEvent } from 'react'
import { Mark } from './Mark'
import styles from './Editor.module.css'

interface Props {
  n: number
  of: number
  words: { up: (n: number) => string; down: (n: number) => string; remove: (n: number) => string }
  onMove: (to: number) => void
  onRemove: () => void
}

/** Moves an entry of a list up and down, and removes it. */
export function Order({ n, of, words, onMove, onRemove }: Props) {
  const move = (to: number) => (event: MouseEvent<HTMLButtonElement>) => {
    const button = event.currentTarget
    flushSync(() => onMove(to))
    button.focus() // a moved element loses it
  }
  return (
    <div className={styles.marks}>
      {of > 1 && <Mark label={words.up(n + 1)} idle={n === 0} onClick={move(n - 1)}>↑</Mark>}
      {of > 1 && <Mark label={words.down(n + 1)} idle={n === of - 1} onClick={move(n + 1)}>↓</Mark>}
      <Mark label={words.remove(n + 1)} onClick={onRemove}>×</Mark>
    </div>
  )
}
