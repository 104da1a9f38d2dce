// Pictures of what the stories show, for the README and for whoever wants to look.
import { join } from 'node:path'
import type { Person } from '../people/person'

const folder = join(import.meta.dirname, '../../../.local/browser/pictures')

const wide = { width: 1280, height: 900 }
const phone = { width: 390, height: 844 }

/** Takes pictures of what someone sees, on a wide screen and on a phone. */
export async function picture(of: Person, name: string, height = wide.height) {
  for (const [size, viewport] of Object.entries({ wide: { ...wide, height }, phone })) {
    await of.page.setViewportSize(viewport)
    await of.page.evaluate(() => document.fonts.ready.then(() => window.scrollTo(0, 0)))
    await of.page.screenshot({ path: join(folder, `${name}-${size}.png`), animations: 'disabled', caret: 'hide' })
  }
  await of.page.setViewportSize(wide)
}
