// Signing in at the company's identity provider: authorization code with PKCE,
// as a public client (RFC 9700, section 2.1.1). The tokens live in this tab.
import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts'
import { forgetAnswers, signWith } from '../api/client'
import { heard, now } from '../lib/clock'
import { forgetTyped } from '../lib/typed'

/** Where people sign in, as the portal's function says in /config.json. */
export interface Config {
  issuer: string
  client_id: string
  authorization_endpoint: string
  token_endpoint: string
  revocation_endpoint?: string
  scope: string
  sign_out_url?: string
}

const callback = '/callback'
const leftKey = 'latchkey.signed-out'
const meantKey = 'latchkey.meant'
const patience = 2000 // milliseconds that signing out waits for the issuer
const others = new BroadcastChannel('latchkey') // this portal's other tabs in the browser
const pause = 20_000 // milliseconds between two tries to renew

export class Session {
  private readonly manager: UserManager

  constructor(private readonly config: Config) {
    this.manager = new UserManager({
      authority: config.issuer,
      client_id: config.client_id,
      redirect_uri: location.origin + callback,
      scope: config.scope,
      metadata: {
        issuer: config.issuer,
        authorization_endpoint: config.authorization_endpoint,
        token_endpoint: config.token_endpoint,
        revocation_endpoint: config.revocation_endpoint,
      },
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
      automaticSilentRenew: false, // before a call, in token()
      loadUserInfo: false,
      monitorSession: false,
    })
    signWith({ token: () => this.token(), refused: () => this.refused() })
    others.onmessage = () => {
      this.leaving = true
      void this.forget().then(() => location.assign('/'))
    }
  }

  /** Finishes a sign-in that comes back here. Answers where the person wanted to go. */
  async arrive(): Promise<string | undefined> {
    if (location.pathname !== callback) return undefined
    const before = await this.manager.getUser()
    const user = await this.manager.signinRedirectCallback()
    if (before?.profile.sub !== user.profile.sub) forgetTyped() // it was somebody else's
    return typeof user.state === 'string' && user.state.startsWith('/') && !user.state.startsWith('//') ? user.state : '/'
  }

  async signedIn(): Promise<boolean> {
    await this.token() // renews it, if that is due
    const user = await this.manager.getUser()
    return user !== null && secondsLeft(user) > 0
  }

  /** Whether the person has just signed out, and is not to be sent straight back. */
  get left() { return sessionStorage.getItem(leftKey) !== null }

  /** Where the person wanted to go when they were last sent to sign in. */
  get meant() { return sessionStorage.getItem(meantKey) ?? '/' }

  /** Goes to the sign-in page. The tab leaves, so this never comes back but by an error. */
  async signIn(to = location.pathname + location.search): Promise<void> {
    sessionStorage.removeItem(leftKey)
    sessionStorage.setItem(meantKey, to)
    await this.manager.signinRedirect({ state: to })
  }

  /** Ends the session here, in the browser's other tabs, and at the issuer. */
  async signOut(): Promise<void> {
    this.leaving = true
    others.postMessage('left')
    if (this.config.revocation_endpoint) {
      const revoked = this.manager.revokeTokens(['refresh_token']).catch(() => undefined) // it ends by itself, later
      await Promise.race([revoked, new Promise((done) => setTimeout(done, patience))])
    }
    await this.renewing
    await this.forget()
    location.assign(this.config.sign_out_url ?? '/')
  }

  private async forget() {
    await this.manager.removeUser()
    forgetAnswers()
    forgetTyped()
    sessionStorage.setItem(leftKey, '1')
  }

  /** Calls when the sign-in ends under the person's hands. */
  onEnd = (tell: () => void) => {
    this.listeners.add(tell)
    return () => { this.listeners.delete(tell) }
  }

  /** Whether it has: what is open stays, nothing is read or sent, and they may sign in again. */
  get ended() { return this.isOver }

  private isOver = false
  private leaving = false
  private readonly listeners = new Set<() => void>()
  private renewing?: Promise<User | null>
  private failed = -Infinity // when renewing did

  // Whether a token is over is the API's to say: this clock may be wrong.
  private async token(): Promise<string | undefined> {
    if (this.leaving || this.isOver) return undefined
    let user = await this.manager.getUser()
    if (user?.refresh_token && secondsLeft(user) < 60 && Date.now() - this.failed > pause) {
      this.renewing ??= this.manager.signinSilent()
        .catch(() => {
          this.failed = Date.now()
          return null
        })
        .finally(() => { this.renewing = undefined })
      user = (await this.renewing) ?? user
    }
    return user?.id_token
  }

  // Nobody is taken away from what they are doing: they are told, and go when they like.
  private refused() {
    if (this.leaving || this.isOver) return
    this.isOver = true
    this.listeners.forEach((tell) => tell())
  }
}

// Of the ID token, which is what the API takes; the access token may live longer.
function secondsLeft(user: User): number { return user.profile.exp - now() / 1000 }

/** Reads where to sign in, and the time, by which it is known whether one still is. */
export async function readConfig(): Promise<Config> {
  const asked = Date.now()
  const answer = await fetch('/config.json', { cache: 'no-store' })
  heard(answer.headers.get('Date'), asked, Date.now())
  if (!answer.ok) throw new Error(`config.json: HTTP ${answer.status}`)
  return (await answer.json()) as Config
}
