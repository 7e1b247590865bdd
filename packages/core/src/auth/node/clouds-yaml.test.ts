import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { headersOf } from '../../../test/asked.ts'
import { filesOf } from '../../../test/files.ts'
import { rejection } from '../../../test/harness.ts'
import { token } from '../token.ts'
import { getIamUrl } from './cloud-hosts.ts'
import {
  type CloudsYamlCredentialOptions,
  fromCloudsYaml,
  type PasswordSettings,
  settingsFromCloudsYaml,
} from './index.ts'
import { parseYaml } from './yaml.ts'

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
  carried:
    auth:
      token: t-1
`

/** Options for a folder with these files. */
const over = async (files: { readonly [path: string]: string }, more: CloudsYamlCredentialOptions = {}) => ({
  folders: [await filesOf(files)],
  env,
  ...more,
})

const reasonOf = async (options: CloudsYamlCredentialOptions) =>
  `${await rejection(headersOf(fromCloudsYaml(options)))}`
    .replace('CredentialsError: credentials: clouds.yaml: ', '')
    .replaceAll(`${options.folders?.[0]}/`, '')

describe('fromCloudsYaml', () => {
  test('a token is sent, a key signs', async () => {
    const options = await over({ 'clouds.yaml': clouds })
    const carried = fromCloudsYaml({ ...options, cloudName: 'carried' })
    expect((await headersOf(carried)).get('X-Auth-Token')).toBe('t-1')
    expect(carried.source).toBe(`clouds.yaml (carried in ${join(options.folders?.[0] ?? '', 'clouds.yaml')})`)
    const signed = await headersOf(fromCloudsYaml({ ...options, cloudName: 'signed' }))
    expect(signed.get('Authorization')).toContain('Access=AK,')
    expect(signed.get('X-Security-Token')).toBe('ST')
  })

  test('a password from secure.yaml goes to the function that was given, as it is written', async () => {
    const asked: PasswordSettings[] = []
    const password = (settings: PasswordSettings) => {
      asked.push(settings)
      return token('t-1')
    }
    const secure = 'clouds:\n  otc:\n    auth:\n      password: 0123\n'
    const options = await over({ 'clouds.yml': clouds, 'secure.yaml': secure }, { password, env: { OS_CLOUD: 'otc' } })
    await headersOf(fromCloudsYaml(options))
    expect(asked).toEqual([
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

  test('the environment names other files', async () => {
    const folder = await filesOf({
      'a.json': '{"clouds":{"one":{"auth":{"ak":"AK"}}}}',
      'b.json': '{"clouds":{"one":{"auth":{"sk":"SK"}}}}',
    })
    const env = { OS_CLIENT_CONFIG_FILE: join(folder, 'a.json'), OS_CLIENT_SECURE_FILE: join(folder, 'b.json') }
    expect((await headersOf(fromCloudsYaml({ env, folders: [] }))).get('Authorization')).toContain('Access=AK,')
  })

  test('the first folder that has one counts, and a single cloud needs no name', async () => {
    const first = await filesOf({ 'clouds.json': '{"clouds":{"one":{"auth":{"token":"t-1"}}}}' })
    const second = await filesOf({ 'clouds.yaml': clouds })
    const credentials = fromCloudsYaml({ env, folders: [join(first, 'none'), first, second] })
    expect((await headersOf(credentials)).get('X-Auth-Token')).toBe('t-1')
  })

  test.each([
    [{}, {}, 'there is no clouds.yaml in the working directory, ~/.config/openstack or /etc/openstack'],
    [{ 'clouds.yaml': clouds }, {}, 'clouds.yaml lists otc, signed, carried: set OS_CLOUD to one of them'],
    [{ 'clouds.yaml': clouds }, { cloudName: 'x' }, 'clouds.yaml lists otc, signed, carried: not x'],
    [{ 'clouds.yaml': clouds }, { cloudName: '__proto__' }, 'clouds.yaml lists otc, signed, carried: not __proto__'],
    [{ 'clouds.yaml': clouds }, { cloudName: 'otc' }, 'password of clouds.yaml: auth of otc is missing'],
    [{ 'clouds.yaml': '- hush' }, {}, 'clouds.yaml lists no clouds'],
    [{ 'clouds.yaml': 'clouds:\n  a: "hush\n' }, {}, 'clouds.yaml is no YAML in line 3 (MISSING_CHAR)'],
    [{ 'clouds.json': '{"clouds": hush' }, {}, 'clouds.json is no JSON'],
    [
      { 'clouds.json': '{"clouds":{"a":{"auth":{"token":4711}}}}' },
      {},
      'clouds.json: auth.token of a must be a text in quotes',
    ],
    [
      { 'clouds.yaml': 'clouds: { a: { auth: { ak: AK } } }' },
      {},
      'clouds.yaml: auth of a has neither token, nor ak and sk, nor username and password',
    ],
    [
      { 'clouds.yaml': 'clouds: { a: { auth: { username: u, password: hush, domain_name: d } } }' },
      {},
      'password of clouds.yaml: auth of a needs @jobscope/iam: import { password } from it and give it as the option password',
    ],
    [
      { 'clouds.yaml': clouds, 'secure.yaml': '{' },
      { cloudName: 'signed' },
      'secure.yaml is no YAML in line 1 (MISSING_CHAR)',
    ],
    [{}, { env: { OS_CLIENT_CONFIG_FILE: '/none.yaml' } }, '/none.yaml does not exist'],
  ])('%j with %j: %s', async (files, more, reason) => {
    expect(await reasonOf(await over(files, more))).toBe(reason)
  })

  test('without the package yaml the error says how to get it', async () => {
    const missing = () => Promise.reject(Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' }))
    const error = await rejection(parseYaml('a: 1', missing))
    expect(`${error}`).toBe('Error: needs the package yaml: run `npm install yaml`, or write it as .json')
  })
})

describe('settingsFromCloudsYaml', () => {
  test('reads region, project, account and IAM', async () => {
    const options = await over({ 'clouds.yaml': clouds })
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

  test('a profile of clouds-public.yaml lies beneath the cloud', async () => {
    const options = await over({
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

  test('is empty without a file', async () => {
    expect(await settingsFromCloudsYaml(await over({}))).toEqual({})
  })
})
