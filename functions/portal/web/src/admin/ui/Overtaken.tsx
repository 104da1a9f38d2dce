import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { useAdminT } from '../messages'
import { changed, rebase, same } from './rebase'
import styles from './Overtaken.module.css'
import type { Editing } from './useEditor'

/** A form's value in words, to compare by eye. */
function useText() {
  const { documents: { editor: t } } = useAdminT()
  const text = (value: unknown): string => {
    if (typeof value === 'boolean') return value ? t.yes : t.no
    if (Array.isArray(value)) return value.map(text).join(', ') || t.nothing
    if (typeof value === 'object' && value !== null) return Object.values(value).filter((part) => part !== '').map(text).join(' · ') || t.nothing
    return value === undefined || value === null || value === '' ? t.nothing : String(value)
  }
  return text
}

interface Props<Form extends object> {
  editor: Editing<Form>
  labels: Record<keyof Form, string>
}

/** Someone else was faster: what is there now beside what was typed, and which of them goes on. */
export function Overtaken<Form extends object>({ editor, labels }: Props<Form>) {
  const { document, documents: { editor: t } } = useAdminT()
  const text = useText()
  const { theirs, base, form } = editor
  if (!theirs) return editor.refused && !editor.busy ? <Notice kind="warn" live title={document.changedSince}><p>{t.reading}</p></Notice> : null
  const mine = rebase(base, form, theirs).form
  const differ = [...new Set([...changed(base, theirs), ...changed(base, form)])]
  return (
    <Notice kind="warn" live title={document.changedSince}>
      <p>{t.choose}</p>
      <div className={styles.wrap}>
        <table className={styles.table}>
          <thead><tr><th scope="col"><span className="hidden">{t.field}</span></th><th scope="col">{t.now}</th><th scope="col">{t.yours}</th></tr></thead>
          <tbody>
            {differ.map((key) => (
              <tr key={String(key)}><th scope="row">{labels[key]}</th><td>{text(theirs[key])}</td><td>{same(base[key], form[key]) ? <span className="quiet">{t.untouched}</span> : text(mine[key])}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="line">
        <Button onClick={editor.keepMine}>{t.keepMine}</Button>
        <Button onClick={editor.takeTheirs}>{t.takeTheirs}</Button>
      </div>
    </Notice>
  )
}
