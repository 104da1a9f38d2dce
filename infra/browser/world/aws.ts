// The account, as its administrator has it: the user pool and the sweeper.
import { password, stack } from './stack'

async function call(service: string, path: string, input: object, headers: Record<string, string> = {}): Promise<unknown> {
  const scope = `20260101/${stack.region}/${service}/aws4_request`
  const answer = await fetch(stack.endpoint + path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      // The emulator takes any credentials, and reads of which service a call is.
      Authorization: `AWS4-HMAC-SHA256 Credential=test/${scope}, SignedHeaders=host, Signature=00`,
      ...headers,
    },
    body: JSON.stringify(input),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${service} ${path}: ${answer.status} ${text}`)
  return text && JSON.parse(text)
}

async function pool<T>(action: string, input: object): Promise<T> {
  return await call('cognito-idp', '/', input, { 'X-Amz-Target': `AWSCognitoIdentityProviderService.${action}` }) as T
}

/** Looks for what is overdue now, and not only at the next minute. */
export async function sweep() {
  await call('lambda', `/2015-03-31/functions/${stack.sweeper}/invocations`, {})
}

/** Lets someone sign in with everyone's password. */
export async function createUser(email: string) {
  await pool('AdminCreateUser', {
    UserPoolId: stack.user_pool,
    Username: email,
    MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'email', Value: email }, { Name: 'email_verified', Value: 'true' }],
  })
  await pool('AdminSetUserPassword', { UserPoolId: stack.user_pool, Username: email, Password: password, Permanent: true })
}

/** An ID token, good for an hour. */
export async function idToken(email: string): Promise<string> {
  const answer = await pool<{ AuthenticationResult: { IdToken: string } }>('AdminInitiateAuth', {
    UserPoolId: stack.user_pool,
    ClientId: stack.client,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  })
  return answer.AuthenticationResult.IdToken
}
