import { join } from 'node:path'
import { expect, test } from 'vitest'
import { getAuthHeaders } from '../../../test/authorize.ts'
import { catchRejection, createFetchError } from '../../../test/test-client.ts'
import { writeFiles } from '../../../test/write-files.ts'
import { type DefaultOptions, defaultChain, defaultSettings } from './index.ts'

const files = {
  credentials: '[basic]\nak = AK-PROFILE\nsk = SK\nproject_id = p-profile\n',
  'clouds.json': JSON.stringify({
    clouds: { one: { region_name: 'eu-nl', auth: { ak: 'AK-CLOUDS', sk: 'SK', project_id: 'p-clouds' } } },
  }),
}

const unreachable = { fetch: (async () => Promise.reject(createFetchError('EHOSTUNREACH'))) as typeof fetch }

async function createOptions(env: DefaultOptions['env'], of: Partial<typeof files> = files): Promise<DefaultOptions> {
  const folder = await writeFiles(of)
  return { env, file: join(folder, 'credentials'), folders: [folder], metadata: unreachable }
}

test.each([
  ['environment (OS_AK)', { OS_AK: 'AK', OS_SK: 'SK' }, files],
  ['profile (', {}, files],
  ['clouds.yaml (one', { OS_CLOUD: 'one' }, files],
  ['clouds.yaml (one', {}, { 'clouds.json': files['clouds.json'] }],
])('uses the source whose name contains "%s" if the variables are %o', async (source, env, of) => {
  const credentials = defaultChain(await createOptions(env, of))
  await getAuthHeaders(credentials)
  expect(credentials.source).toContain(source)
})

test('fails with the errors of all four sources if no source has credentials', async () => {
  const { file, ...rest } = await createOptions({}, {})
  const error = await catchRejection(getAuthHeaders(defaultChain({ file, ...rest })))
  expect(`${error}`).toBe(
    'CredentialsError: credentials: ' +
      'environment: none of HUAWEICLOUD_SDK_AK, OS_TOKEN, OS_ACCESS_KEY, OS_USERNAME is set; ' +
      `profile: ${file} does not exist or has no section [basic]; ` +
      'clouds.yaml: found no clouds.yaml in the working directory, ~/.config/openstack or /etc/openstack; ' +
      'metadata: cannot connect to a metadata service (EHOSTUNREACH)',
  )
})

test.each([
  [{}, { projectId: 'p-profile', region: 'eu-nl' }],
  [{ OS_CLOUD: 'one' }, { projectId: 'p-clouds', region: 'eu-nl' }],
  [{ OS_PROJECT_ID: 'p-env' }, { projectId: 'p-env', region: 'eu-nl' }],
  // A region from a file takes precedence over a region that is derived from the project name.
  [{ OS_PROJECT_NAME: 'eu-de_etl' }, { projectId: 'p-profile', projectName: 'eu-de_etl', region: 'eu-nl' }],
])('with the variables %o, reads the settings %o', async (env, settings) => {
  expect(await defaultSettings(await createOptions(env))).toEqual(settings)
})
