import { useEffect, type RefObject } from 'react'

/**
 * Keeps the place of who moves by keys: when what had the focus goes away with
 * what was done, what it stood in has it, or else the page.
 */
export function useKeptFocus(main: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const page = main.current
    if (!page) return
    let around: Element[] = [] // what has the focus, and what it stands in
    const came = ({ target }: FocusEvent) => {
      around = []
      for (let at = target as Element | null; at && at !== page; at = at.parentElement) around.push(at)
    }
    const left = () => setTimeout(() => { // as by a click beside it
      if (document.activeElement === document.body && around[0]?.isConnected) around = []
    })
    const observer = new MutationObserver(() => {
      if (document.activeElement !== document.body || around.length === 0 || around[0]?.isConnected) return
      const row = around.find((one) => one.isConnected)?.closest('details')
      around = [];
      (row?.querySelector('summary') ?? page).focus({ preventScroll: true })
    })
    page.addEventListener('focusin', came)
    page.addEventListener('focusout', left)
    observer.observe(page, { childList: true, subtree: true })
    return () => {
      page.removeEventListener('focusin', came)
      page.removeEventListener('focusout', left)
      observer.disconnect()
    }
  }, [main])
}
