// The running stack, as its stack.json says.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface Stack {
  portal: string
  inbox: string
  endpoint: string
  region: string
  user_pool: string
  client: string
  sweeper: string
  webhooks: { url: string; secret: string; control: string }
  slack: { url: string }
  people: { id: string; email: string; password: string }[]
}

const file = process.env.LATCHKEY_STACK
if (!file) throw new Error('LATCHKEY_STACK names no running stack; `make browser` brings one up')

export const stack = JSON.parse(readFileSync(file, 'utf8')) as Stack

/** The password of everyone. */
export const password = stack.people[0]!.password

/** What the stack is busy with: what a wait in vain may have waited for. */
export function inTheWay(): string {
  const repository = fileURLToPath(new URL('../../..', import.meta.url))
  return execFileSync('go', ['run', './infra/local', 'status'], { cwd: repository, encoding: 'utf8' })
}
