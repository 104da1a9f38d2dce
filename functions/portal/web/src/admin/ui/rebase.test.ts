import { describe, expect, test } from 'vitest'
import { changed, rebase } from './rebase'

const base = { name: 'Ana', groups: ['a'], manager: 'ben' }

describe('rebase', () => {
  test('keeps what I changed and takes what they changed', () => {
    const got = rebase(base, { ...base, name: 'Ana A.' }, { ...base, manager: 'eli' })
    expect(got).toEqual({ form: { name: 'Ana A.', groups: ['a'], manager: 'eli' }, both: [] })
  })
  test('names what both changed, and keeps mine there', () => {
    const got = rebase(base, { ...base, groups: ['a', 'b'] }, { ...base, groups: [] })
    expect(got).toEqual({ form: { ...base, groups: ['a', 'b'] }, both: ['groups'] })
  })
  test('both of us changed it alike', () => {
    expect(rebase(base, { ...base, name: 'A' }, { ...base, name: 'A' }).both).toEqual([])
  })
})

test('changed compares lists by what is in them', () => {
  expect(changed(base, { ...base, groups: ['a'] })).toEqual([])
  expect(changed(base, { ...base, groups: ['b'], name: '' })).toEqual(['name', 'groups'])
})
