import { join } from 'node:path'
import { expect, test } from 'vitest'
import { headersOf } from '../../../test/asked.ts'
import { filesOf } from '../../../test/files.ts'
import { fetchFailed, rejection } from '../../../test/harness.ts'
import { type DefaultOptions, defaultChain, defaultSettings } from './index.ts'

const files = {
  credentials: '[basic]\nak = AK-PROFILE\nsk = SK\nproject_id = p-profile\n',
  'clouds.json': JSON.stringify({
    clouds: { one: { region_name: 'eu-nl', auth: { ak: 'AK-CLOUDS', sk: 'SK', project_id: 'p-clouds' } } },
  }),
}

const off = { fetch: (async () => Promise.reject(fetchFailed('EHOSTUNREACH'))) as typeof fetch }

async function options(env: DefaultOptions['env'], of: Partial<typeof files> = files): Promise<DefaultOptions> {
  const folder = await filesOf(of)
  return { env, file: join(folder, 'credentials'), folders: [folder], metadata: off }
}

test.each([
  ['environment (OS_AK)', { OS_AK: 'AK', OS_SK: 'SK' }, files],
  ['profile (', {}, files],
  ['clouds.yaml (one', { OS_CLOUD: 'one' }, files],
  ['clouds.yaml (one', {}, { 'clouds.json': files['clouds.json'] }],
])('%s is taken with %o', async (source, env, of) => {
  const credentials = defaultChain(await options(env, of))
  await headersOf(credentials)
  expect(credentials.source).toContain(source)
})

test('where there is nothing, the error names all four and why', async () => {
  const { file, ...rest } = await options({}, {})
  const error = await rejection(headersOf(defaultChain({ file, ...rest })))
  expect(`${error}`).toBe(
    'CredentialsError: credentials: ' +
      'environment: none of HUAWEICLOUD_SDK_AK, OS_TOKEN, OS_ACCESS_KEY, OS_USERNAME is set; ' +
      `profile: ${file} does not exist, or has no section [basic]; ` +
      'clouds.yaml: there is no clouds.yaml in the working directory, ~/.config/openstack or /etc/openstack; ' +
      'metadata: no metadata service answers (EHOSTUNREACH)',
  )
})

test.each([
  [{}, { projectId: 'p-profile', region: 'eu-nl' }],
  [{ OS_CLOUD: 'one' }, { projectId: 'p-clouds', region: 'eu-nl' }],
  [{ OS_PROJECT_ID: 'p-env' }, { projectId: 'p-env', region: 'eu-nl' }],
  // What is only concluded gives way to what is written anywhere.
  [{ OS_PROJECT_NAME: 'eu-de_etl' }, { projectId: 'p-profile', projectName: 'eu-de_etl', region: 'eu-nl' }],
])('settings with %o are %o', async (env, settings) => {
  expect(await defaultSettings(await options(env))).toEqual(settings)
})
