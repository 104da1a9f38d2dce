import type { Problem, Schemas } from './client'

/** A call that did not do what it was for. */
export class ApiError extends Error {
  constructor(
    readonly status: number, // 0: the API was not reached
    readonly problem?: Problem, // absent where the API Gateway or the network says so
    readonly retryAfter?: number, // seconds
    options?: ErrorOptions & { change?: boolean },
  ) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`, options)
    this.name = 'ApiError'
    this.unsure = (options?.change ?? false) || (status >= 500 && !problem)
  }

  /** Whether what was to be done may have been done. */
  readonly unsure: boolean

  static unreachable(cause: unknown, change = false) { return new ApiError(0, undefined, undefined, { cause, change }) }

  get code(): Schemas['ProblemCode'] | undefined { return this.problem?.code }

  /** Whether the same call may go through a little later. */
  get passing() { return this.status === 0 || this.status === 429 || this.status >= 500 }

  /** What is wrong with the member at an RFC 6901 pointer, if anything is. */
  at(pointer: string): string | undefined {
    return this.problem?.errors?.find((e) => e.pointer === pointer)?.detail
  }

  /** What is wrong with members that `pointers` does not show. */
  elsewhere(pointers: string[]): Schemas['FieldError'][] {
    return (this.problem?.errors ?? []).filter((e) => !pointers.includes(e.pointer ?? ''))
  }
}

export function readProblem(response: Response, body: unknown): ApiError {
  const wait = Number(response.headers.get('Retry-After')) || undefined
  const isProblem = typeof body === 'object' && body !== null && 'code' in body
  return new ApiError(response.status, isProblem ? (body as Problem) : undefined, wait)
}

export function asApiError(error: unknown): ApiError | undefined {
  return error instanceof ApiError ? error : undefined
}
