import type { Schemas } from '../api/client'

type Item = Schemas['CatalogItem']

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The items in which every word of a search occurs, by name. */
export function search(items: Item[], words: string, locale: string): Item[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean)
  return items
    .filter((item) => {
      const text = plain(`${item.name} ${item.description ?? ''} ${item.id}`)
      return wanted.every((word) => text.includes(word))
    })
    .sort((a, b) => a.name.localeCompare(b.name, locale, { numeric: true }))
}
