import { useQuery } from '@tanstack/react-query'
import { api, call, everyPage } from '../../api/client'

const limit = 100 // the most on a page

interface Page<T> { data: T[]; next_cursor?: string }

/** All of a list, up to what no company here has; `whole` tells whether it was that. */
export async function readAll<T>(read: (cursor?: string) => Promise<Page<T>>, mostPages = 100): Promise<{ all: T[]; whole: boolean }> {
  let whole = false
  const all = await everyPage(async (cursor) => {
    const page = await read(cursor)
    whole = page.next_cursor === undefined
    return page
  }, mostPages)
  return { all, whole }
}

export const directoryKey = ['directory'] // no move of a request changes it, so that it is not read after each

/** The ids and names that the configuration has, for pickers. */
export function useDirectory() {
  return useQuery({
    queryKey: directoryKey,
    staleTime: 30_000,
    queryFn: async () => {
      const query = (cursor?: string) => ({ params: { query: { cursor, limit } } })
      const [people, groups, resources, devices] = await Promise.all([
        readAll((cursor) => call(api.GET('/v1/admin/people', query(cursor)))),
        readAll((cursor) => call(api.GET('/v1/admin/groups', query(cursor)))),
        readAll((cursor) => call(api.GET('/v1/admin/resources', query(cursor)))),
        readAll((cursor) => call(api.GET('/v1/admin/devices', query(cursor)))),
      ])
      const whole = [people, groups, resources, devices].every((list) => list.whole)
      return { people: people.all, groups: groups.all, resources: resources.all, devices: devices.all, whole }
    },
  })
}
