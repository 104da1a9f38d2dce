import { expect, test } from 'vitest'
import type { Schemas } from '../api/client'
import { search } from './search'

function item(id: string, name: string, description?: string): Schemas['CatalogItem'] {
  return { id, name, description, kind: 'resource', flow: { id: `${id}-flow`, version: 1, steps: [], duration: { mode: 'none' }, fields: [] } }
}

const items = [item('staging', 'Staging', 'The servers, for two minutes'), item('figma', 'Figma', 'Design files'), item('prod-db', 'Production database'), item('cafe', 'Café 10'), item('cafe-2', 'Café 9')]
const found = (words: string) => search(items, words, 'en').map((one) => one.id)

test('without words everything is there, by name', () => {
  expect(found('  ')).toEqual(['cafe-2', 'cafe', 'figma', 'prod-db', 'staging'])
})

test('each word is looked for in name, description and id', () => {
  expect(found('PROD')).toEqual(['prod-db'])
  expect(found('files figma')).toEqual(['figma'])
  expect(found('two prod')).toEqual([])
})

test('accents do not matter', () => {
  expect(found('cafe')).toEqual(['cafe-2', 'cafe'])
})
