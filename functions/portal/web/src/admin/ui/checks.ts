// What the browser can tell of a form before it is sent. The API has the last word.
import type { Schemas } from '../../api/client'
import { isId } from './id'

type Finding = Schemas['FieldError']

/** What is missing of a document's name, and of its id where it is a new one. */
export function checkNamed(form: { id: string; name: string }, isNew: boolean, badId: string): Finding[] {
  const found: Finding[] = []
  if (form.name.trim() === '') found.push({ pointer: '/name', code: 'required', detail: '' })
  if (!isNew) return found
  if (form.id === '') found.push({ pointer: '/id', code: 'required', detail: '' })
  else if (!isId(form.id) || form.id === 'new') found.push({ pointer: '/id', code: 'pattern', detail: badId })
  return found
}

/** A text that may be left out: undefined where nothing was typed. */
export function given(text: string): string | undefined { return text.trim() || undefined }
