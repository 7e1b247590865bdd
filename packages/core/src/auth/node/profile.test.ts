import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { getAuthHeaders } from '../../../test/authorize.ts'
import { catchRejection, createTestClient, respond } from '../../../test/test-client.ts'
import { writeFiles } from '../../../test/write-files.ts'
import { getIamUrl } from './cloud-hosts.ts'
import { fromProfile, settingsFromProfile } from './index.ts'

const text = `
# profile of the vendor's SDKs
[basic]
ak = AK
sk : S=K#;
security_token=ST
project_id = p-1
iam_endpoint = ${getIamUrl('huaweicloud', 'cn-north-4')}

[global]
AK = AK-GLOBAL
SK = SK-GLOBAL
domain_id = d-1
`

const writeProfile = async (text: string) => join(await writeFiles({ credentials: text }), 'credentials')

describe('fromProfile', () => {
  test('signs with the keys of [basic]', async () => {
    const file = await writeProfile(text)
    const credentials = fromProfile({ file })
    const headers = await getAuthHeaders(credentials)
    expect(headers.get('Authorization')).toContain('Access=AK,')
    expect(headers.get('X-Security-Token')).toBe('ST')
    expect(credentials.source).toBe(`profile ([basic] in ${file})`)
  })

  test('signs with the keys of another section, in a file that an environment variable names', async () => {
    const env = { HUAWEICLOUD_SDK_CREDENTIALS_FILE: await writeProfile(text.replaceAll('\n', '\r\n')) }
    const headers = await getAuthHeaders(fromProfile({ env, section: 'global' }))
    expect(headers.get('Authorization')).toContain('Access=AK-GLOBAL,')
    expect(headers.has('X-Security-Token')).toBe(false)
  })

  test.each([
    ['[basic]\nsk = hush', 'FILE has no ak in [basic]'],
    ['[basic]\nak = AK', 'FILE has no sk in [basic]'],
    ['[global]\nak = AK', 'FILE does not exist or has no section [basic]'],
    ['[basic]\nhush', 'FILE: line 2 must be `key = value` below a [section]'],
    ['sk = hush', 'FILE: line 1 must be `key = value` below a [section]'],
    ['[basic]\nak = AK\nsk = hush hush', 'secretKey is missing or contains spaces or other invalid characters'],
  ])('fails for the file %j with an error that does not quote the file: %s', async (text, reason) => {
    const file = await writeProfile(text)
    const error = await catchRejection(getAuthHeaders(fromProfile({ file })))
    expect(`${error}`).toBe(`CredentialsError: credentials: profile: ${reason.replace('FILE', file)}`)
  })

  test('rejects a file over 1 MiB', async () => {
    const file = await writeProfile(`${text}\n#${'x'.repeat(1_048_576)}`)
    const error = await catchRejection(getAuthHeaders(fromProfile({ file })))
    expect(`${error}`).toBe(`CredentialsError: credentials: profile: ${file} is larger than 1 MiB`)
  })

  test.each(['"K1"', "'K1'", 'K1'])('reads the value %s without its quotes', async value => {
    const file = await writeProfile(`[basic]\nproject_id = ${value}`)
    expect(await settingsFromProfile({ file })).toMatchObject({ projectId: 'K1' })
  })

  test('reports a path that is not a file', async () => {
    const folder = await writeFiles({ credentials: text })
    const error = await catchRejection(getAuthHeaders(fromProfile({ file: folder })))
    expect(`${error}`).toBe(`CredentialsError: credentials: profile: ${folder} is not a regular file`)
    const below = await catchRejection(getAuthHeaders(fromProfile({ file: join(folder, 'credentials', 'x') })))
    expect(`${below}`).toContain('does not exist or has no section [basic]')
  })

  test('repeats a call once with new keys if another process has replaced the keys in the file', async () => {
    const file = await writeProfile('[basic]\nak = AK1\nsk = SK1')
    const replaceKeys = async () => {
      await writeFile(file, '[basic]\nak = AK2\nsk = SK2')
      return respond({ error_code: 'APIGW.0301' }, 401)
    }
    const { client, requests } = createTestClient([replaceKeys, respond({ id: 'j' })], {
      credentials: fromProfile({ file }),
      clock: undefined,
    })
    expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
    expect(requests.map(({ headers }) => /Access=(\w+)/.exec(`${headers.get('authorization')}`)?.[1])).toEqual([
      'AK1',
      'AK2',
    ])
  })

  test('does not repeat a call after a 401 if the file has not changed', async () => {
    const file = await writeProfile('[basic]\nak = AK1\nsk = SK1')
    const { client, requests } = createTestClient([respond({ error_code: 'APIGW.0301' }, 401)], {
      credentials: fromProfile({ file }),
      clock: undefined,
    })
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({ name: 'AuthError' })
    expect(requests).toHaveLength(1)
  })

  test('names the file if it does not exist', async () => {
    const file = join(await writeFiles({}), 'none')
    const error = await catchRejection(getAuthHeaders(fromProfile({ file })))
    expect(`${error}`).toContain(`profile: ${file} does not exist or has no section [basic]`)
  })
})

describe('settingsFromProfile', () => {
  test('reads the project, the account and the URL of IAM', async () => {
    const file = await writeProfile(text)
    expect(await settingsFromProfile({ file })).toEqual({
      projectId: 'p-1',
      authUrl: getIamUrl('huaweicloud', 'cn-north-4'),
      region: 'cn-north-4',
      cloud: 'huaweicloud',
    })
    expect(await settingsFromProfile({ file, section: 'global' })).toEqual({ domainId: 'd-1' })
  })

  test('returns no settings if there is no file', async () => {
    expect(await settingsFromProfile({ file: join(await writeFiles({}), 'none') })).toEqual({})
  })
})
