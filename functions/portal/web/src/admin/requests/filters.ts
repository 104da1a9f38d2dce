// The filters of the list, as they stand in the address.
import type { Schemas } from '../../api/client'

export interface Filters {
  status?: Schemas['Status']
  resource_id?: string
  requester_id?: string
}

/** Reads an address. What is no status is none. */
export function readFilters(params: URLSearchParams, isStatus: (word: string) => word is Schemas['Status']): Filters {
  const status = params.get('status') ?? ''
  return {
    status: isStatus(status) ? status : undefined,
    resource_id: params.get('resource_id') || undefined,
    requester_id: params.get('requester_id') || undefined,
  }
}

/** The address's parameters for filters. */
export function writeFilters(filters: Filters): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1])))
}
