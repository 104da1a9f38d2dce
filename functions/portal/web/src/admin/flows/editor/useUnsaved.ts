import { useEffect } from 'react'
import { useAdminT } from '../../messages'

/** Asks before what is not saved is left: by closing the tab, or by a link. */
export function useUnsaved(dirty: boolean) {
  const { document: { leave } } = useAdminT()
  useEffect(() => {
    if (!dirty) return
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    const ask = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!link || link.getAttribute('target') === '_blank' || event.ctrlKey || event.metaKey || window.confirm(leave)) return
      event.preventDefault()
      event.stopPropagation()
    }
    addEventListener('beforeunload', stay)
    document.addEventListener('click', ask, true)
    return () => {
      removeEventListener('beforeunload', stay)
      document.removeEventListener('click', ask, true)
    }
  }, [dirty, leave])
}
