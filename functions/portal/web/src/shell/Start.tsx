import { useEffect, useState } from 'react'
import { readConfig, Session } from '../auth/session'
import { useT } from '../i18n'
import { Button } from '../ui/Button'
import { Alone } from './Alone'
import { App } from './App'
import { SessionContext } from './session'

type Stage = { at: 'starting' } | { at: 'left' | 'in'; session: Session } | { at: 'unavailable' } | { at: 'failed'; session: Session }

async function begin(): Promise<Stage> {
  let session: Session
  try {
    session = new Session(await readConfig())
  } catch {
    return { at: 'unavailable' }
  }
  try {
    const to = await session.arrive().catch(async (error: unknown) => {
      if (await session.signedIn()) return '/' // an old address, by the browser's history
      throw error
    })
    if (to !== undefined) history.replaceState(null, '', to)
    if (await session.signedIn()) return { at: 'in', session }
    if (session.left) return { at: 'left', session }
    await session.signIn()
    return { at: 'starting' }
  } catch {
    return { at: 'failed', session }
  }
}

let begun: Promise<Stage> | undefined // once for each page: a code is good once

/** Signs in, then shows the portal. */
export function Start() {
  const t = useT()
  const [stage, setStage] = useState<Stage>({ at: 'starting' })
  useEffect(() => { void (begun ??= begin()).then(setStage) }, [])
  switch (stage.at) {
    case 'starting':
      return <Alone title={t.brand}><p role="status">{t.signIn.going}</p></Alone>
    case 'unavailable':
      return <Alone title={t.signIn.unavailable}><Button look="primary" onClick={() => location.reload()}>{t.signIn.retry}</Button></Alone>
    case 'failed':
      return <Alone title={t.signIn.failed}><Button look="primary" onClick={() => void stage.session.signIn(stage.session.meant)}>{t.signIn.retry}</Button></Alone>
    case 'left':
      return <Alone title={t.signIn.left}><Button look="primary" onClick={() => void stage.session.signIn()}>{t.signIn.again}</Button></Alone>
    case 'in':
      return <SessionContext value={stage.session}><App /></SessionContext>
  }
}
