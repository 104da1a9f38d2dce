import { Button } from '../../ui/Button'
import { useSay } from '../../ui/Toasts'
import { useAdminT } from '../messages'
import styles from './Copyable.module.css'

/** A text to be taken elsewhere. Where the browser may not copy, it is selected. */
export function Copyable({ label, text }: { label: string; text: string }) {
  const t = useAdminT().documents.editor
  const say = useSay()
  const copy = async (button: Element) => {
    try {
      await navigator.clipboard.writeText(text)
      say(t.copied)
    } catch {
      const code = button.parentElement?.querySelector('code')
      if (code) getSelection()?.selectAllChildren(code)
    }
  }
  return (
    <div className={styles.copyable}>
      <code>{text}</code>
      <Button onClick={(event) => void copy(event.currentTarget)} aria-label={`${t.copy}: ${label}`}>{t.copy}</Button>
    </div>
  )
}
