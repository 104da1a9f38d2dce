// Signing in at the company's identity provider: authorization code with PKCE,
// as a public client (RFC 9700, section 2.1.1). The tokens live in this tab.
import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts'
import { forgetAnswers, signWith } from '../api/client'

/** Where people sign in, as the portal's function says in /config.json. */
export interface Config {
  issuer: string
  client_id: string
  authorization_endpoint: string
  token_endpoint: string
  revocation_endpoint?: string
  sign_out_url?: string
}

const callback = '/callback'
const leftKey = 'latchkey.signed-out'
const pause = 20_000 // milliseconds

export class Session {
  private readonly manager: UserManager
  private going?: Promise<void>
  private arrived = -Infinity // when the sign-in came back

  constructor(private readonly config: Config) {
    this.manager = new UserManager({
      authority: config.issuer,
      client_id: config.client_id,
      redirect_uri: location.origin + callback,
      scope: 'openid email profile',
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
  }

  /** Finishes a sign-in that comes back here. Answers where the person wanted to go. */
  async arrive(): Promise<string | undefined> {
    if (location.pathname !== callback) return undefined
    const user = await this.manager.signinRedirectCallback()
    this.arrived = Date.now()
    return typeof user.state === 'string' && user.state.startsWith('/') && !user.state.startsWith('//') ? user.state : '/'
  }

  async signedIn(): Promise<boolean> {
    return Boolean((await this.token()))
  }

  /** Whether the person has just signed out, and is not to be sent straight back. */
  get left() { return sessionStorage.getItem(leftKey) !== null }

  /** Goes to the sign-in page. The tab leaves, so this never comes back but by an error. */
  signIn(to = location.pathname + location.search): Promise<void> {
    sessionStorage.removeItem(leftKey)
    return (this.going ??= this.manager.signinRedirect({ state: to }).catch((error: unknown) => {
      this.going = undefined
      throw error
    }))
  }

  async signOut(): Promise<void> {
    if (this.config.revocation_endpoint) {
      await this.manager.revokeTokens(['refresh_token']).catch(() => undefined) // it ends by itself, later
    }
    await this.manager.removeUser()
    forgetAnswers()
    sessionStorage.setItem(leftKey, '1')
    location.assign(this.config.sign_out_url ?? '/')
  }

  private renewing?: Promise<User | null>
  private failed = -Infinity // when renewing did

  private async token(): Promise<string | undefined> {
    let user = await this.manager.getUser()
    if (user && (user.expires_in ?? 0) < 60 && user.refresh_token && Date.now() - this.failed > pause) {
      this.renewing ??= this.manager.signinSilent()
        .catch(() => {
          this.failed = Date.now()
          return null
        })
        .finally(() => { this.renewing = undefined })
      user = (await this.renewing) ?? user
    }
    return user && !user.expired ? user.id_token : undefined
  }

  // A token that is refused as soon as it was given would be again: the page says
  // so then, and does not go round and round.
  private async refused() {
    if (Date.now() - this.arrived < pause) return
    await this.manager.removeUser()
    await this.signIn()
  }
}

/** Reads where to sign in. */
export async function readConfig(): Promise<Config> {
  const answer = await fetch('/config.json', { cache: 'no-store' })
  if (!answer.ok) throw new Error(`config.json: HTTP ${answer.status}`)
  return (await answer.json()) as Config
}
