import { useT } from '../i18n'

type Words = Pick<ReturnType<typeof useT>['request']['page'], 'failure' | 'failureHttp' | 'failureCode'>

/** Why something failed, in words, by its stable code. */
export function failureText(words: Words, code: string): string {
  const status = /^http_(\d+)$/.exec(code)?.[1]
  return words.failure[code] ?? (status ? words.failureHttp(status) : words.failureCode(code))
}

export function useFailureText() {
  const words = useT().request.page
  return (code: string) => failureText(words, code)
}
