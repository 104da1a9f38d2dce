import { describe, expect, test } from 'vitest'
import { changed, rebase, touched, withTheirs } from './rebase'

const base = { name: 'Ana', groups: ['a'], manager: 'ben' }

describe('rebase', () => {
  test('keeps what I changed and takes what they changed', () => {
    const got = rebase(base, { ...base, name: 'Ana A.' }, { ...base, manager: 'eli' })
    expect(got).toEqual({ form: { name: 'Ana A.', groups: ['a'], manager: 'eli' }, both: [] })
  })
  test('names what both changed, and keeps mine there', () => {
    const got = rebase(base, { ...base, manager: '' }, { ...base, manager: 'eli' })
    expect(got).toEqual({ form: { ...base, manager: '' }, both: ['/manager'] })
  })
  test('both of us changed it alike', () => {
    expect(rebase(base, { ...base, name: 'A' }, { ...base, name: 'A' }).both).toEqual([])
  })
  test('does not put back into a set what they took out', () => {
    const got = rebase(base, { ...base, groups: ['a', 'b'] }, { ...base, groups: ['c'] })
    expect(got).toEqual({ form: { ...base, groups: ['c', 'b'] }, both: [] })
  })
  test('rows that both made others of are for someone to choose', () => {
    const rows = (...accounts: string[]) => ({ accounts: accounts.map((account) => ({ person: 'ana', account })) })
    expect(rebase(rows('x'), rows('x', 'y'), rows('z'))).toEqual({ form: rows('z', 'y'), both: [] })
    expect(rebase(rows('x'), rows('y'), rows('z'))).toEqual({ form: rows('y'), both: ['/accounts'] })
  })
})

describe('entries with a key', () => {
  const steps = (...approvers: string[][]) => ({ steps: approvers.map((who, n) => ({ key: String(n), approvers: who, needed: 'any' })) })
  const before = steps(['manager'], ['owner'])
  test('that stayed in place are put together one by one', () => {
    const mine = steps(['manager'], ['owner'])
    mine.steps[1]!.needed = 'all'
    const got = rebase(before, mine, steps(['eva'], ['owner', 'eva']))
    expect(got).toEqual({ form: { steps: [{ key: '0', approvers: ['eva'], needed: 'any' }, { key: '1', approvers: ['owner', 'eva'], needed: 'all' }] }, both: [] })
  })
  test('are named by their member where both changed it', () => {
    const [mine, theirs] = [steps(['manager'], ['owner']), steps(['eva'], ['owner'])]
    mine.steps[1]!.needed = 'all'
    theirs.steps[1]!.needed = '2'
    expect(rebase(before, mine, theirs).both).toEqual(['/steps/1/needed'])
  })
  test('that came, went or moved make the whole list one to choose', () => {
    const mine = steps(['manager'], ['owner'], ['eli'])
    expect(rebase(before, mine, steps(['eva'], ['owner']))).toEqual({ form: mine, both: ['/steps'] })
    const changedHere = steps(['manager', 'eli'], ['owner'])
    expect(rebase(before, changedHere, steps(['owner'], ['manager'])).both).toEqual(['/steps'])
  })
})

test('withTheirs takes what stands at a pointer, and nothing else', () => {
  const [mine, theirs] = [{ name: 'a', steps: [{ n: 1, m: 1 }, { n: 2, m: 2 }] }, { name: 'b', steps: [{ n: 8, m: 8 }, { n: 9, m: 9 }] }]
  expect(withTheirs(mine, theirs, ['/steps/1/n'])).toEqual({ name: 'a', steps: [{ n: 1, m: 1 }, { n: 9, m: 2 }] })
  expect(withTheirs(mine, theirs, ['/steps', '/name'])).toEqual(theirs)
})

test('changed compares lists by what is in them', () => {
  expect(changed(base, { ...base, groups: ['a'] })).toEqual([])
  expect(changed(base, { ...base, groups: ['b'], name: '' })).toEqual(['name', 'groups'])
})

test('touched tells which entry differs, or that the list does', () => {
  expect(touched(base, { ...base, name: '' })).toEqual(['/name'])
  expect(touched({ rows: [{ a: 1, b: 1 }, { a: 2, b: 2 }] }, { rows: [{ a: 1, b: 1 }, { a: 2, b: 3 }] })).toEqual(['/rows/1/b'])
  expect(touched(base, { ...base, groups: [] })).toEqual(['/groups'])
})
