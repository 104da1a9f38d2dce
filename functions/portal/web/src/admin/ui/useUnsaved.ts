import { useEffect, useState } from 'react'

/**
 * Keeps someone from leaving by accident while `unsaved`: the browser asks where
 * the page is left, and a link within the portal waits in `leaving` for an answer.
 */
export function useUnsaved(unsaved: boolean) {
  const [leaving, setLeaving] = useState<string>()
  useEffect(() => {
    if (!unsaved) return
    const unload = (event: BeforeUnloadEvent) => event.preventDefault()
    const click = (event: MouseEvent) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link?.href || link.target || link.origin !== location.origin || link.pathname === location.pathname) return
      event.preventDefault()
      event.stopPropagation()
      setLeaving(link.pathname + link.search)
    }
    addEventListener('beforeunload', unload)
    document.addEventListener('click', click, true)
    return () => {
      removeEventListener('beforeunload', unload)
      document.removeEventListener('click', click, true)
    }
  }, [unsaved])
  return { leaving, stay: () => setLeaving(undefined) }
}
