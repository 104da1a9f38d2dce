import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react'
import { useT } from '../i18n'
import styles from './Toasts.module.css'

const shownFor = 6000 // milliseconds

const Say = createContext<(text: string) => void>(() => undefined)

/** Says in the corner what was done, and aloud to a screen reader. */
export function useSay() { return useContext(Say) }

export function Toasts({ children }: { children: ReactNode }) {
  const t = useT()
  const [said, setSaid] = useState<{ id: number; text: string }[]>([])
  const drop = useCallback((id: number) => setSaid((all) => all.filter((one) => one.id !== id)), [])
  const say = useMemo(() => {
    let last = 0
    return (text: string) => {
      const id = ++last
      setSaid((all) => [...all.slice(-2), { id, text }])
      setTimeout(() => drop(id), shownFor)
    }
  }, [drop])
  return (
    <Say value={say}>
      {children}
      <div className={styles.region} role="status">
        {said.map(({ id, text }) => (
          <div key={id} className={styles.toast}>
            <p>{text}</p>
            <button type="button" onClick={() => drop(id)} aria-label={t.actions.dismiss}>×</button>
          </div>
        ))}
      </div>
    </Say>
  )
}
