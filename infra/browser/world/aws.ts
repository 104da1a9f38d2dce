// The user pool, as the account's administrator has it.
import { password, stack } from './stack'

async function pool<T>(action: string, input: object): Promise<T> {
  const scope = `20260101/${stack.region}/cognito-idp/aws4_request`
  const answer = await fetch(stack.endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${action}`,
      // The emulator takes any credentials, and reads of which service a call is.
      Authorization: `AWS4-HMAC-SHA256 Credential=test/${scope}, SignedHeaders=host, Signature=00`,
    },
    body: JSON.stringify(input),
  })
  if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
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
