const shape = /^[a-z0-9][a-z0-9._-]{0,62}$/

/** Whether the API takes this as an id. */
export function isId(id: string): boolean { return shape.test(id) }

/** An id that fits a name: "Anas großer Mac" as `anas-grosser-mac`. */
export function idOf(name: string): string {
  return name.toLowerCase().replaceAll('ß', 'ss').replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue')
    .normalize('NFD').replace(/[\u0300-\u036f'’]/g, '').replace(/[^a-z0-9]+/g, '-').slice(0, 63).replace(/^-+|-+$/g, '')
}

/** A new name; the id follows it for as long as nobody typed another one. */
export function renamed<Form extends { id: string; name: string }>(form: Form, name: string): Form {
  return { ...form, name, id: form.id === idOf(form.name) ? idOf(name) : form.id }
}
