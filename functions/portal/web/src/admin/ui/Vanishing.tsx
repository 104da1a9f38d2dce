import { useLayoutEffect, useRef, type ReactNode } from 'react'

/** Something that goes away with what it does: who was on it by keyboard goes on at the page, and not at its very start. */
export function Vanishing({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = place.current
    return () => {
      if (element?.contains(document.activeElement)) document.getElementById('main')?.focus({ preventScroll: true })
    }
  }, [])
  return <div ref={place}>{children}</div>
}
