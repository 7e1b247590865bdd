/**
 * `node all.ts <endpoint> <access key as JSON>`: sends requests with several programs, and prints a JSON object. The object has the
 * result of each program (`ok` or the error), the temporary files of the recorder, whether the certificate file contains a private key,
 * and the addresses other than 127.0.0.1 under which the proxy accepts connections.
 */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { aksk } from '@jobscope/core'
import { access, sign } from '@jobscope/core/sign'
import { createDliClient } from '@jobscope/dli'

const [, , endpoint = '', keyText = ''] = process.argv
const key = JSON.parse(keyText) as { readonly accessKey: string; readonly secretKey: string }
const projectId = '0123456789abcdef0123456789abcdef'
const proxy = process.env['HTTPS_PROXY'] ?? ''
const certificates = process.env['NODE_EXTRA_CA_CERTS'] ?? ''

const run = async (file: string, args: readonly string[]): Promise<string> =>
  (await promisify(execFile)(file, args)).stdout

const describe = (body: string): string =>
  body.includes('"sessions"') ? 'ok' : (/"error_code":"(\w+)/.exec(body)?.[1] ?? body)

async function useJobscope(): Promise<string> {
  const dli = createDliClient({ endpoint, projectId, credentials: aksk(key), retry: false })
  const { id } = await dli.createBatch({ body: { file: 'obs://bucket/job.jar', className: 'Main' } })
  return (await dli.getBatch({ batch_id: id })).id === id ? 'ok' : 'another job'
}

async function useSdk(): Promise<string> {
  const require = createRequire(import.meta.url)
  const { BasicCredentials } = require('@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js')
  const { ClientBuilder } = require('@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js')
  const credential = new BasicCredentials().withAk(key.accessKey).withSk(key.secretKey).withProjectId(projectId)
  const client = new ClientBuilder((each: unknown) => each)
    .withCredential(credential)
    .withEndpoint(endpoint)
    .withProxyAgent(proxy)
    .build()
  const result = await client.sendRequest({
    method: 'GET',
    url: '/v2.0/{project_id}/batches',
    contentType: 'application/json',
    queryParams: { size: 5 },
    pathParams: { project_id: projectId },
    headers: {},
  })
  return describe(JSON.stringify(result))
}

const url = `${endpoint}/v2.0/${projectId}/batches`

async function signHeaders(): Promise<[string, string][]> {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const headers: [string, string][] = [['x-sdk-date', date]]
  const request = { method: 'GET', url, headers, body: new Uint8Array() }
  return [...headers, ['authorization', await sign(request, access(key.accessKey, key.secretKey))]]
}

const useCurl = async (headers: readonly [string, string][]): Promise<string> =>
  describe(
    await run('curl', ['--silent', ...headers.flatMap(([name, value]) => ['--header', `${name}: ${value}`]), url]),
  )

const pythonProgram = `
import json, sys, urllib.request
request = urllib.request.Request(sys.argv[1], headers=dict(json.loads(sys.argv[2])))
print(urllib.request.urlopen(request).read().decode())
`
const usePython = async (): Promise<string> =>
  describe(await run('python3', ['-c', pythonProgram, url, JSON.stringify(await signHeaders())]))

/** Returns the addresses of this machine, except 127.0.0.1, under which the proxy accepts connections. */
async function findReachableAddresses(): Promise<string[]> {
  const all = Object.values(networkInterfaces()).flatMap(list => (list ?? []).map(({ address }) => address))
  const results = await Promise.all(
    [...all, '::1']
      .filter(address => address !== '127.0.0.1')
      .map(
        address =>
          new Promise<string[]>(resolve => {
            const socket = connect(Number(new URL(proxy).port), address)
            socket.once('connect', () => resolve([address])).once('error', () => resolve([]))
            socket.once('connect', () => socket.destroy())
          }),
      ),
  )
  return results.flat()
}

const result = {
  jobscope: await useJobscope(),
  sdk: await useSdk(),
  curl: await useCurl(await signHeaders()),
  python: await usePython(),
  curlWithToken: await useCurl([['x-auth-token', 'secret-token']]),
  reachableAddresses: await findReachableAddresses(),
  temporaryFiles: readdirSync(dirname(certificates)),
  hasPrivateKey: readFileSync(certificates, 'utf8').includes('PRIVATE KEY'),
}
console.log(JSON.stringify(result))
