import { useEffect, useRef } from 'react'

/**
 * The focus of a form in a dialog: at its first control when it opens; once it was
 * refused, at the first control that is wrong, or else at what is said about it.
 */
export function useFormFocus(attempts: number, error: unknown) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const at = attempts > 0 || error
      ? form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? form.current?.querySelector<HTMLElement>('[data-problem]')
      : form.current?.querySelector<HTMLElement>('textarea, input, select')
    at?.focus()
  }, [attempts, error])
  return form
}
