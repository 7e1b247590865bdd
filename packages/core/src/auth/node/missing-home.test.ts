import { expect, test, vi } from 'vitest'
import { getAuthHeaders } from '../../../test/authorize.ts'
import { catchRejection, createFetchError } from '../../../test/test-client.ts'
import { defaultChain, defaultSettings } from './index.ts'

vi.mock('node:os', () => ({
  homedir() {
    throw new Error('A system error occurred: uv_os_homedir returned ENOENT (no such file or directory)')
  },
}))

const metadata = { fetch: (async () => Promise.reject(createFetchError('EHOSTUNREACH'))) as typeof fetch }

test('finds credentials and settings in the environment although the user has no home directory', async () => {
  const env = { OS_AK: 'AK', OS_SK: 'SK', OS_PROJECT_ID: 'p-env' }
  const headers = await getAuthHeaders(defaultChain({ env, metadata }))
  expect(headers.get('Authorization')).toContain('Access=AK,')
  expect(await defaultSettings({ env })).toMatchObject({ projectId: 'p-env' })
})

test('names the variable to set if no source has credentials and the user has no home directory', async () => {
  const error = await catchRejection(getAuthHeaders(defaultChain({ env: {}, metadata })))
  expect(error).toMatchObject({ name: 'CredentialsError' })
  expect(`${error}`).toContain('profile: there is no home directory. Set HUAWEICLOUD_SDK_CREDENTIALS_FILE.;')
})
