import { useAdminT } from '../messages'

/** Why an attempt failed, in words. */
export function useFailureText() {
  const t = useAdminT().requests
  return (code: string): string => {
    const status = /^http_(\d+)$/.exec(code)?.[1]
    return t.failure[code] ?? (status ? t.failureHttp(status) : t.failureCode(code))
  }
}
