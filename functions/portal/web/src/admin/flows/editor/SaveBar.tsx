import { useProblemText } from '../../../lib/problems'
import { Button } from '../../../ui/Button'
import { useAdminT } from '../../messages'
import styles from './Editor.module.css'
import { useFindingText } from './findings'
import type { Editor } from './useEditor'

/** Saves, and says how that went. It stays in sight. */
export function SaveBar({ editor, show }: { editor: Editor; show: (what: 'refused' | 'warned') => void }) {
  const { flows: { saving } } = useAdminT()
  const { base, dirty, found } = editor
  return (
    <div className={styles.bar}>
      <Outcome editor={editor} />
      {found.refused.length > 0 && <Button look="bare" onClick={() => show('refused')}>{saving.show}</Button>}
      {found.refused.length === 0 && found.warned.length > 0 && <Button look="bare" onClick={() => show('warned')}>{saving.show}</Button>}
      {base && dirty && <Button look="bare" onClick={editor.discard}>{saving.discard}</Button>}
      <Button look="primary" type="submit" busy={editor.saving} disabled={base !== undefined && !dirty}>{base ? saving.save : saving.create}</Button>
    </div>
  )
}

function Outcome({ editor: { base, dirty, found, error } }: { editor: Editor }) {
  const { flows: { saving } } = useAdminT()
  const text = useProblemText()
  const finding = useFindingText()
  const nowhere = found.refused.filter((one) => one.place === '').map(finding)
  if (found.refused.length > 0) return <p role="alert" className={styles.error}>{[saving.refused(found.refused.length), ...nowhere].join(' ')}</p>
  if (error) return <p role="alert" className={styles.error}>{text(error)}</p>
  if (found.warned.length > 0 && !dirty) return <p role="status" className={styles.warning}>{saving.warned(base?.data.version ?? 1, found.warned.length)}</p>
  return <p role="status" className="small quiet">{dirty ? saving.dirty : base ? saving.clean(base.data.version) : ''}</p>
}
