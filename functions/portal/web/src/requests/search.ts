import type { Schemas } from '../api/client'

type Item = Schemas['CatalogItem']

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

const texts = new WeakMap<Item, string>() // each letter of a search looks through all of them

function textOf(item: Item): string {
  const text = texts.get(item) ?? plain(`${item.name} ${item.description ?? ''} ${item.id}`)
  texts.set(item, text)
  return text
}

/** The items in which every word of a search occurs, by name. */
export function search(items: Item[], words: string, locale: string): Item[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean)
  const { compare } = new Intl.Collator(locale, { numeric: true })
  return items
    .filter((item) => wanted.every((word) => textOf(item).includes(word)))
    .sort((a, b) => compare(a.name, b.name))
}
