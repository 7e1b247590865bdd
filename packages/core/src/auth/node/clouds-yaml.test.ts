import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { getAuthHeaders } from '../../../test/authorize.ts'
import { catchRejection } from '../../../test/test-client.ts'
import { writeFiles } from '../../../test/write-files.ts'
import { token } from '../token.ts'
import { getIamUrl } from './cloud-hosts.ts'
import {
  type CloudsYamlCredentialOptions,
  fromCloudsYaml,
  type PasswordSettings,
  settingsFromCloudsYaml,
} from './index.ts'
import { parseYaml } from './parse-yaml.ts'

const env = {}
const clouds = `
x-project: &project
  project_name: eu-de_etl
clouds:
  otc:
    profile: otc
    region_name: eu-de
    auth:
      <<: *project
      username: ci-runner
      user_domain_name: example-account
  signed:
    auth: { ak: AK, sk: SK, security_token: ST, project_id: 00012 }
    region_name: cn-north-4
  token:
    auth:
      token: t-1
`

/** Writes files to a new folder, and returns options that read the files from this folder. */
const createOptions = async (files: { readonly [path: string]: string }, more: CloudsYamlCredentialOptions = {}) => ({
  folders: [await writeFiles(files)],
  env,
  ...more,
})

const getFailureReason = async (options: CloudsYamlCredentialOptions) =>
  `${await catchRejection(getAuthHeaders(fromCloudsYaml(options)))}`
    .replace('CredentialsError: credentials: clouds.yaml: ', '')
    .replaceAll(`${options.folders?.[0]}/`, '')

describe('fromCloudsYaml', () => {
  test('sends the token if the cloud has a token, and signs with the key if the cloud has a key', async () => {
    const options = await createOptions({ 'clouds.yaml': clouds })
    const withToken = fromCloudsYaml({ ...options, cloudName: 'token' })
    expect((await getAuthHeaders(withToken)).get('X-Auth-Token')).toBe('t-1')
    expect(withToken.source).toBe(`clouds.yaml (token in ${join(options.folders?.[0] ?? '', 'clouds.yaml')})`)
    const signed = await getAuthHeaders(fromCloudsYaml({ ...options, cloudName: 'signed' }))
    expect(signed.get('Authorization')).toContain('Access=AK,')
    expect(signed.get('X-Security-Token')).toBe('ST')
  })

  test('passes a password from secure.yaml, as a string, to the function in the option `password`', async () => {
    const calls: PasswordSettings[] = []
    const password = (settings: PasswordSettings) => {
      calls.push(settings)
      return token('t-1')
    }
    const secure = 'clouds:\n  otc:\n    auth:\n      password: 0123\n'
    const options = await createOptions(
      { 'clouds.yml': clouds, 'secure.yaml': secure },
      { password, env: { OS_CLOUD: 'otc' } },
    )
    await getAuthHeaders(fromCloudsYaml(options))
    expect(calls).toEqual([
      {
        userName: 'ci-runner',
        password: '0123',
        domainName: 'example-account',
        projectName: 'eu-de_etl',
        region: 'eu-de',
        cloud: 'otc',
        endpoint: `${getIamUrl('otc', 'eu-de')}/v3`,
      },
    ])
  })

  test('reads the files that are named in environment variables', async () => {
    const folder = await writeFiles({
      'a.json': '{"clouds":{"one":{"auth":{"ak":"AK"}}}}',
      'b.json': '{"clouds":{"one":{"auth":{"sk":"SK"}}}}',
    })
    const env = { OS_CLIENT_CONFIG_FILE: join(folder, 'a.json'), OS_CLIENT_SECURE_FILE: join(folder, 'b.json') }
    expect((await getAuthHeaders(fromCloudsYaml({ env, folders: [] }))).get('Authorization')).toContain('Access=AK,')
  })

  test('reads the first folder that contains a file, and selects the only cloud in the file if no name is set', async () => {
    const first = await writeFiles({ 'clouds.json': '{"clouds":{"one":{"auth":{"token":"t-1"}}}}' })
    const second = await writeFiles({ 'clouds.yaml': clouds })
    const credentials = fromCloudsYaml({ env, folders: [join(first, 'none'), first, second] })
    expect((await getAuthHeaders(credentials)).get('X-Auth-Token')).toBe('t-1')
  })

  test.each([
    [{}, {}, 'found no clouds.yaml in the working directory, ~/.config/openstack or /etc/openstack'],
    [
      { 'clouds.yaml': clouds },
      {},
      'clouds.yaml lists several clouds: otc, signed, token. Set OS_CLOUD to one of them.',
    ],
    [{ 'clouds.yaml': clouds }, { cloudName: 'x' }, 'clouds.yaml has no cloud x. It lists otc, signed, token.'],
    [
      { 'clouds.yaml': clouds },
      { cloudName: '__proto__' },
      'clouds.yaml has no cloud __proto__. It lists otc, signed, token.',
    ],
    [{ 'clouds.yaml': clouds }, { cloudName: 'otc' }, 'clouds.yaml: auth.password of otc is missing'],
    [{ 'clouds.yaml': '- hush' }, {}, 'clouds.yaml lists no clouds'],
    [{ 'clouds.yaml': 'clouds:\n  a: "hush\n' }, {}, 'clouds.yaml is not valid YAML in line 3 (MISSING_CHAR)'],
    [{ 'clouds.json': '{"clouds": hush' }, {}, 'clouds.json is not valid JSON'],
    [
      { 'clouds.json': '{"clouds":{"a":{"auth":{"token":4711}}}}' },
      {},
      'clouds.json: auth.token of a must be a text in quotes',
    ],
    [
      { 'clouds.yaml': 'clouds: { a: { auth: { ak: AK } } }' },
      {},
      'clouds.yaml: auth of a contains no credentials. Set token, or ak and sk, or username and password.',
    ],
    [
      { 'clouds.yaml': 'clouds: { a: { auth: { username: u, password: hush, domain_name: d } } }' },
      {},
      'clouds.yaml: auth.password of a requires @jobscope/iam. Import its function password and pass it as the option password.',
    ],
    [
      { 'clouds.yaml': clouds, 'secure.yaml': '{' },
      { cloudName: 'signed' },
      'secure.yaml is not valid YAML in line 1 (MISSING_CHAR)',
    ],
    [{}, { env: { OS_CLIENT_CONFIG_FILE: '/none.yaml' } }, '/none.yaml does not exist'],
  ])('fails for the files %j and the options %j: %s', async (files, more, reason) => {
    expect(await getFailureReason(await createOptions(files, more))).toBe(reason)
  })

  test.each([{ cloudName: 'x' }, { env: { OS_CLOUD: 'x' } }])(
    'names the cloud and the folders if there is no file: %j',
    async more => {
      const options = await createOptions({}, more)
      const reason = await getFailureReason(options)
      expect(reason).toBe(`Cannot find the cloud x: there is no clouds.yaml in ${options.folders?.[0]}.`)
    },
  )

  test('explains how to install the package yaml if it is missing', async () => {
    const missing = () => Promise.reject(Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' }))
    const error = await catchRejection(parseYaml('a: 1', missing))
    expect(`${error}`).toBe('Error: needs the package yaml. Run `npm install yaml`, or convert the file to JSON.')
  })
})

describe('settingsFromCloudsYaml', () => {
  test('reads the region, the project, the account and the URL of IAM', async () => {
    const options = await createOptions({ 'clouds.yaml': clouds })
    expect(await settingsFromCloudsYaml({ ...options, cloudName: 'otc' })).toEqual({
      authUrl: `${getIamUrl('otc', 'eu-de')}/v3`,
      region: 'eu-de',
      cloud: 'otc',
      projectName: 'eu-de_etl',
      domainName: 'example-account',
    })
    expect(await settingsFromCloudsYaml({ ...options, cloudName: 'signed' })).toEqual({
      region: 'cn-north-4',
      projectId: '00012',
    })
  })

  test.each([
    ['user_domain_name: A, domain_name: B, user_domain_id: a, domain_id: b', { domainName: 'A', domainId: 'a' }],
    ['domain_name: B, domain_id: b', { domainName: 'B', domainId: 'b' }],
  ])('reads the account from { %s }', async (auth, settings) => {
    const options = await createOptions({ 'clouds.yaml': `clouds: { a: { auth: { ${auth} } } }` })
    expect(await settingsFromCloudsYaml(options)).toEqual(settings)
  })

  test('takes missing values from the profile in clouds-public.yaml', async () => {
    const options = await createOptions({
      'clouds.yaml': 'clouds: { a: { profile: ours, auth: { project_name: p } } }',
      'clouds-public.yaml':
        'public-clouds: { ours: { region_name: eu-nl, auth: { auth_url: https://iam.test/v3, project_name: q } } }',
    })
    expect(await settingsFromCloudsYaml(options)).toEqual({
      region: 'eu-nl',
      projectName: 'p',
      authUrl: 'https://iam.test/v3',
    })
  })

  test.each([
    ['clouds: { a: { auth: text } }', 'auth of a must contain keys and values'],
    ['clouds: { a: }', 'a must contain keys and values'],
  ])('rejects %j with an error that names the place', async (text, problem) => {
    const options = await createOptions({ 'clouds.yaml': text })
    await expect(settingsFromCloudsYaml(options)).rejects.toThrow(problem)
  })

  test('returns no settings if there is no file', async () => {
    expect(await settingsFromCloudsYaml(await createOptions({}))).toEqual({})
  })
})
