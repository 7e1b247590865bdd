import { describe, expect, test } from 'vitest'
import { getAuthHeaders } from '../../../test/authorize.ts'
import { catchRejection, createTestClient, respond } from '../../../test/test-client.ts'
import { token } from '../token.ts'
import { getIamUrl } from './cloud-hosts.ts'
import { fromEnv, type PasswordSettings, settingsFromEnv } from './index.ts'

describe('fromEnv', () => {
  test.each([
    ['OS_TOKEN', { OS_TOKEN: 't-1', OS_TOKEN_ID: 't-2' }],
    ['OS_TOKEN_ID', { OS_TOKEN: '', OS_TOKEN_ID: 't-1' }],
  ])('sends %s as token', async (name, env) => {
    const credentials = fromEnv({ env })
    expect((await getAuthHeaders(credentials)).get('X-Auth-Token')).toBe('t-1')
    expect(credentials.source).toBe(`environment (${name})`)
  })

  test.each([
    [
      'HUAWEICLOUD_SDK_AK',
      { HUAWEICLOUD_SDK_AK: 'AK', HUAWEICLOUD_SDK_SK: 'SK', HUAWEICLOUD_SDK_SECURITY_TOKEN: 'ST', OS_TOKEN: 't' },
    ],
    ['OS_ACCESS_KEY', { OS_ACCESS_KEY: 'AK', OS_SECRET_KEY: 'SK', OS_SECURITY_TOKEN: 'ST' }],
    ['OS_ACCESS_KEY_ID', { OS_ACCESS_KEY_ID: 'AK', OS_ACCESS_KEY_SECRET: 'SK', OS_AKSK_SECURITY_TOKEN: 'ST' }],
    ['OS_AK', { OS_AK: 'AK', OS_SK: 'SK', OS_ST: 'ST' }],
    ['AWS_ACCESS_KEY_ID', { AWS_ACCESS_KEY_ID: 'AK', AWS_ACCESS_SECRET_KEY: 'SK', AWS_SECURITY_TOKEN: 'ST' }],
    // An access key of Amazon together with a secret key of another tool would produce a wrong signature.
    ['OS_AK', { AWS_ACCESS_KEY_ID: 'AMAZON', AWS_SECRET_ACCESS_KEY: 'x', OS_AK: 'AK', OS_SK: 'SK', OS_ST: 'ST' }],
  ])('signs with %s', async (name, env) => {
    const credentials = fromEnv({ env })
    const headers = await getAuthHeaders(credentials)
    expect(headers.get('Authorization')).toMatch(/^SDK-HMAC-SHA256 Access=AK, /)
    expect(headers.get('X-Security-Token')).toBe('ST')
    expect(credentials.source).toBe(`environment (${name})`)
  })

  const user = {
    OS_USERNAME: 'ci-runner',
    OS_PASSWORD: 'hush',
    OS_USER_DOMAIN_NAME: 'example-account',
    OS_PROJECT_NAME: 'eu-de_etl',
    OS_AUTH_URL: `${getIamUrl('otc', 'eu-de')}/v3`,
  }

  test('passes the user name and the password to the function in the option `password`', async () => {
    const calls: PasswordSettings[] = []
    const password = (settings: PasswordSettings) => {
      calls.push(settings)
      return token('t-1')
    }
    const credentials = fromEnv({ env: user, password })
    expect((await getAuthHeaders(credentials)).get('X-Auth-Token')).toBe('t-1')
    await getAuthHeaders(credentials)
    expect(calls).toEqual([
      {
        userName: 'ci-runner',
        password: 'hush',
        domainName: 'example-account',
        projectName: 'eu-de_etl',
        region: 'eu-de',
        cloud: 'otc',
        endpoint: `${getIamUrl('otc', 'eu-de')}/v3`,
      },
    ])
    expect(credentials.source).toBe('environment (OS_USERNAME)')
  })

  test('skips an incomplete key pair', async () => {
    const credentials = fromEnv({ env: { HUAWEICLOUD_SDK_AK: 'AK', OS_TOKEN: 't-1' } })
    expect((await getAuthHeaders(credentials)).get('X-Auth-Token')).toBe('t-1')
  })

  test.each([
    ['none of HUAWEICLOUD_SDK_AK, OS_TOKEN, OS_ACCESS_KEY, OS_USERNAME is set', {}],
    ['none of HUAWEICLOUD_SDK_AK, OS_TOKEN, OS_ACCESS_KEY, OS_USERNAME is set', { AWS_ACCESS_KEY_ID: 'AMAZON' }],
    ['HUAWEICLOUD_SDK_SK is missing', { HUAWEICLOUD_SDK_AK: 'hush' }],
    ['HUAWEICLOUD_SDK_AK is missing', { HUAWEICLOUD_SDK_SK: 'hush' }],
    ['HUAWEICLOUD_SDK_SK is missing, OS_PASSWORD is missing', { HUAWEICLOUD_SDK_AK: 'hush', OS_USERNAME: 'u' }],
    ['OS_USERNAME is missing', { OS_PASSWORD: 'hush' }],
    ['OS_USER_DOMAIN_NAME is missing', { OS_USERNAME: 'u', OS_PASSWORD: 'hush' }],
    [
      'OS_USER_DOMAIN_NAME is missing. IAM requires the name of the account, not its ID.',
      { OS_USERNAME: 'u', OS_PASSWORD: 'hush', OS_USER_DOMAIN_ID: 'd-1' },
    ],
    ['secretKey is missing or contains spaces or other invalid characters', { OS_AK: 'hush', OS_SK: 'hush hush' }],
    ['OS_PASSWORD requires @jobscope/iam. Import its function password and pass it as the option password.', user],
  ])('fails: %s', async (reason, env) => {
    const error = await catchRejection(getAuthHeaders(fromEnv({ env })))
    expect(`${error}`).toBe(`CredentialsError: credentials: environment: ${reason}`)
  })

  test('reads a variable that was set after the first call had failed', async () => {
    const env: Record<string, string> = {}
    const credentials = fromEnv({ env })
    await catchRejection(getAuthHeaders(credentials))
    env['OS_TOKEN'] = 't-1'
    expect((await getAuthHeaders(credentials)).get('X-Auth-Token')).toBe('t-1')
  })
})

test('calls onAccepted of the found credentials, so that an accepted signature sets the count of rejected signatures to zero', async () => {
  const createRejection = () => respond({}, 401)
  const responses = [
    createRejection(),
    createRejection(),
    createRejection(),
    respond({ error_code: 'SVC.0023' }, 404),
    createRejection(),
    createRejection(),
  ]
  const credentials = fromEnv({ env: { OS_AK: 'AK', OS_SK: 'SK' } })
  const { client, requests } = createTestClient(responses, { credentials })
  for (const _ of responses) await catchRejection(client.getJob({ job_id: 'j' }))
  expect(requests).toHaveLength(responses.length)
})

describe('settingsFromEnv', () => {
  test.each([
    [{}, {}],
    [
      { HUAWEICLOUD_SDK_PROJECT_ID: 'p-1', HUAWEICLOUD_SDK_DOMAIN_ID: 'd-1', OS_PROJECT_ID: 'p-2' },
      { projectId: 'p-1', domainId: 'd-1' },
    ],
    [
      { OS_REGION_NAME: 'eu-nl', OS_AUTH_URL: `${getIamUrl('otc', 'eu-de')}/v3`, OS_TENANT_ID: 'p-2' },
      { region: 'eu-nl', cloud: 'otc', projectId: 'p-2', authUrl: `${getIamUrl('otc', 'eu-de')}/v3` },
    ],
    [
      { OS_AUTH_URL: `${getIamUrl('otc', 'eu-ch2')}/v3`, OS_DOMAIN_NAME: 'a' },
      { region: 'eu-ch2', cloud: 'otc', domainName: 'a', authUrl: `${getIamUrl('otc', 'eu-ch2')}/v3` },
    ],
    [
      { OS_AUTH_URL: getIamUrl('huaweicloud', 'global'), OS_PROJECT_NAME: 'cn-north-4_etl' },
      {
        region: 'cn-north-4',
        cloud: 'huaweicloud',
        projectName: 'cn-north-4_etl',
        authUrl: getIamUrl('huaweicloud', 'global'),
      },
    ],
    [{ OS_AUTH_URL: 'nonsense' }, { authUrl: 'nonsense' }],
  ])('with the variables %o, reads the settings %o', (env, settings) => {
    expect(settingsFromEnv(env)).toEqual(settings)
  })
})
