import { expect, test, vi } from 'vitest'

vi.stubGlobal('location', { origin: 'https://portal.example.com' }) // the client wants to know where it is
const { readAll } = await import('./directory')

const list = (pages: number) => (cursor = '1') => {
  const n = Number(cursor)
  return Promise.resolve({ data: [n], next_cursor: n < pages ? String(n + 1) : undefined })
}

test('reads every page of a list', async () => {
  expect(await readAll(list(25))).toEqual({ all: Array.from({ length: 25 }, (_, n) => n + 1), whole: true })
})

test('says so where it stops before the end', async () => {
  expect(await readAll(list(5), 3)).toEqual({ all: [1, 2, 3], whole: false })
  expect(await readAll(list(3), 3)).toEqual({ all: [1, 2, 3], whole: true })
})
