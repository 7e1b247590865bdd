import https from 'node:https'
import { afterEach, expect, test, vi } from 'vitest'
import { clouds } from '../generated/clouds.gen.ts'
import { explainNetworkError } from './explain-network-error.ts'

afterEach(() => vi.unstubAllEnvs())

interface Details {
  statusCode?: number
  mayHaveHappened?: boolean
  /** Whether the environment variables contain a proxy. */
  hasProxy?: boolean
}

const explain = (...parameters: Parameters<typeof explainAll>) => explainAll(...parameters).message

const explainAll = (code: string | undefined, host = 'svc.test', details: Details = {}) => {
  const { statusCode, mayHaveHappened = false, hasProxy } = details
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) {
    if (!hasProxy) vi.stubEnv(name, undefined)
  }
  return explainNetworkError({
    url: `https://${host}/v1`,
    code,
    status: undefined,
    mayHaveHappened,
    isTransient: true,
    isOwnSender: true,
    cause: Object.assign(new Error('fetch failed'), { code, statusCode }),
  })
}

const [huaweiDomain] = clouds.huaweicloud.domains
const [otcDomain] = clouds.otc.domains

test('names the host and the error code', () => {
  expect(explain('ENOTFOUND')).toBe('Cannot resolve svc.test (ENOTFOUND)')
  expect(explain('ECONNREFUSED', 'svc.test:8443')).toBe('Cannot connect to svc.test:8443 (ECONNREFUSED)')
  expect(explain(undefined, 'svc.test', { mayHaveHappened: true })).toBe('No response from svc.test (fetch failed)')
})

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
  'reports that no connection was established if the error code is %s',
  code => {
    const details = explainAll(code, 'svc.test', { mayHaveHappened: true })
    expect(details).toMatchObject({ mayHaveHappened: false, isTransient: true })
  },
)

test.each(['ECONNRESET', undefined])(
  'reports that the server may have received the request if the error code is %s',
  code => {
    const details = explainAll(code, 'svc.test', { mayHaveHappened: true })
    expect(details).toMatchObject({ mayHaveHappened: true, isTransient: true })
  },
)

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', undefined],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', undefined],
  [undefined, 403],
  [undefined, 407],
])('reports that a retry cannot help if the error code is %s and the status of a proxy is %s', (code, statusCode) => {
  const details = explainAll(code, 'svc.test', { mayHaveHappened: true, ...(statusCode && { statusCode }) })
  expect(details).toMatchObject({ mayHaveHappened: false, isTransient: false })
})

test('reports that a retry may help if the status of a proxy is 502', () => {
  expect(explainAll(undefined, 'svc.test', { statusCode: 502 }).isTransient).toBe(true)
})

test('suggests the cloud of a region that belongs to another cloud', () => {
  expect(explain('ENOTFOUND', `dli.eu-de.${huaweiDomain}`)).toMatch(
    /Region eu-de belongs to another cloud: set cloud: 'otc'$/,
  )
  expect(explain('ENOTFOUND', `dli.cn-north-4.${otcDomain}`)).toMatch(/set cloud: 'huaweicloud'$/)
})

test('reports a region that the spec does not list', () => {
  expect(explain('ENOTFOUND', `dli.eu-dd.${otcDomain}`)).toMatch(
    /No region eu-dd is known in cloud otc\. Check the option region$/,
  )
})

test('adds no hint if the cloud has the region, or if the error is not ENOTFOUND', () => {
  expect(explain('ENOTFOUND', `dli.eu-de.${otcDomain}`)).toMatch(/\(ENOTFOUND\)$/)
  expect(explain('ECONNRESET', `dli.eu-de.${huaweiDomain}`)).toMatch(/\(ECONNRESET\)$/)
})

test.each([
  ['CERT_HAS_EXPIRED', 'is not valid at this time', 'Check the clock of this machine'],
  ['CERT_NOT_YET_VALID', 'is not valid at this time', 'Check the clock of this machine'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'is not trusted', 'To trust another authority, set NODE_EXTRA_CA_CERTS (Node.js)'],
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'is not trusted',
    'To trust another authority, set NODE_EXTRA_CA_CERTS (Node.js)',
  ],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'is valid only for other hosts', 'Check the endpoint'],
])('explains an invalid certificate: %s', (code, problem, fix) =>
  expect(explain(code)).toContain(`The certificate of svc.test ${problem} (${code}). ${fix}`),
)

test('names the status of a proxy that refuses to connect', () => {
  expect(explain('ERR_PROXY_TUNNEL', 'svc.test', { statusCode: 407 })).toBe(
    'The proxy refused to connect to svc.test (HTTP 407)',
  )
})

test('reports that Node.js ignores the proxy of the environment', () => {
  vi.stubEnv('HTTPS_PROXY', 'http://proxy.test')
  vi.stubEnv('NODE_USE_ENV_PROXY', undefined)
  expect(explain('ENOTFOUND', 'svc.test', { hasProxy: true })).toContain('HTTPS_PROXY is set, but Node.js ignores it')
  vi.stubEnv('NODE_USE_ENV_PROXY', '1')
  expect(explain('ENOTFOUND', 'svc.test', { hasProxy: true })).not.toContain('ignores it')
})

test('names the proxy as a possible cause if the global agent uses it', () => {
  vi.stubEnv('HTTPS_PROXY', 'http://proxy.test')
  vi.stubEnv('NODE_USE_ENV_PROXY', undefined)
  const before = https.globalAgent
  https.globalAgent = new https.Agent({ proxyEnv: { HTTPS_PROXY: 'http://proxy.test' } } as https.AgentOptions)
  try {
    expect(explain('ECONNREFUSED', 'svc.test', { hasProxy: true })).toBe(
      'Cannot connect to svc.test (ECONNREFUSED). If requests go through the proxy in HTTPS_PROXY, check whether it is available',
    )
  } finally {
    https.globalAgent = before
  }
})

test.each(['svc.test', '.test', '*.test', 'x.y, test', '*'])('does not name the proxy if NO_PROXY is %j', list => {
  vi.stubEnv('HTTPS_PROXY', 'http://proxy.test')
  vi.stubEnv('NO_PROXY', list)
  expect(explain('ECONNREFUSED', 'svc.test', { hasProxy: true })).toBe('Cannot connect to svc.test (ECONNREFUSED)')
})

test('does not report that Node.js ignores the proxy if the proxy has responded', () => {
  vi.stubEnv('HTTPS_PROXY', 'http://proxy.test')
  vi.stubEnv('NODE_USE_ENV_PROXY', undefined)
  expect(explain(undefined, 'svc.test', { hasProxy: true, statusCode: 407 })).toBe(
    'The proxy refused to connect to svc.test (HTTP 407)',
  )
})
