// The system's Chromium, which people of Debian, Ubuntu, Fedora and macOS have by different names.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The path of Chromium: what CHROMIUM names, or what is installed. */
export function chromium(): string {
  const wanted = process.env.CHROMIUM ? [process.env.CHROMIUM] : names
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = wanted.flatMap((name) => (name.includes('/') ? [name] : folders.map((folder) => join(folder, name)))).find(isProgram)
  if (!found) throw new Error(`none of ${wanted.join(', ')} is installed`)
  return found
}
