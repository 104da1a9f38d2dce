import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'

/** As much as is used here of the browser's Navigation API, where there is one. */
interface Traversal extends Event {
  navigationType: string
  destination: { key: string; url: string }
}
interface Navigation extends EventTarget { traverseTo(key: string): unknown }
const navigation = (globalThis as { navigation?: Navigation }).navigation

/**
 * Keeps someone from leaving by accident while `unsaved`: the browser asks where
 * the page is left; a link within the portal and a step through the history wait
 * for an answer. `leave` is there while one does.
 */
export function useUnsaved(unsaved: boolean) {
  const [, go] = useLocation()
  const [leave, setLeave] = useState<() => void>()
  const answered = useRef(false)
  useEffect(() => {
    if (!unsaved) return
    answered.current = false
    const unload = (event: BeforeUnloadEvent) => event.preventDefault()
    const click = (event: MouseEvent) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link?.href || link.target || link.origin !== location.origin || link.pathname === location.pathname) return
      event.preventDefault()
      event.stopPropagation()
      setLeave(() => () => go(link.pathname + link.search))
    }
    const traverse = (event: Event) => {
      const { navigationType, destination, cancelable } = event as Traversal
      if (navigationType !== 'traverse' || !cancelable || answered.current || new URL(destination.url).pathname === location.pathname) return
      event.preventDefault()
      setLeave(() => () => {
        answered.current = true
        navigation?.traverseTo(destination.key)
      })
    }
    addEventListener('beforeunload', unload)
    document.addEventListener('click', click, true)
    navigation?.addEventListener('navigate', traverse)
    return () => {
      removeEventListener('beforeunload', unload)
      document.removeEventListener('click', click, true)
      navigation?.removeEventListener('navigate', traverse)
    }
  }, [unsaved, go])
  return { leave, stay: () => setLeave(undefined) }
}
