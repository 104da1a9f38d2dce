// The mails that the stack has sent, as the inbox has them.
import { expect } from '@playwright/test'
import { stack } from './stack'

interface Mail {
  subject: string
  text: string
  to: { address: string }[]
  time: string
}

async function mailsTo(address: string): Promise<Mail[]> {
  const answer = await fetch(`${stack.inbox}/api/email?to.address=${encodeURIComponent(address)}`)
  if (!answer.ok) throw new Error(`inbox: ${answer.status}`)
  return (await answer.json()) as Mail[]
}

/** Waits until someone was sent a mail that is about all of this. */
export async function expectMail(address: string, ...about: (string | RegExp)[]) {
  const says = (mail: Mail) => about.every((part) => {
    const whole = `${mail.subject}\n${mail.text}`
    return typeof part === 'string' ? whole.includes(part) : part.test(whole)
  })
  await expect.poll(async () => (await mailsTo(address)).filter(says).length, { message: `a mail to ${address} about ${about.join(', ')}` }).toBeGreaterThan(0)
}
