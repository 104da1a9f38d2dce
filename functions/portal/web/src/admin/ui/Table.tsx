import type { ReactNode } from 'react'
import styles from './Table.module.css'

export interface Column<T> {
  head: string
  cell: (row: T) => ReactNode
}

interface Props<T> {
  caption: string
  rows: T[]
  rowKey: (row: T) => string
  columns: Column<T>[]
}

/** A table on a wide screen, a list of cards on a phone. */
export function Table<T>({ caption, rows, rowKey, columns }: Props<T>) {
  return (
    <div className={styles.wrap}>
      <table className={styles.table}>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>{columns.map((column) => <th key={column.head} scope="col">{column.head}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, n) => <td key={column.head} data-label={n === 0 ? '' : column.head}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
