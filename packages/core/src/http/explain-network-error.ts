import { regionsByCloud } from '../generated/regions.gen.ts'

/** What is known about a request without a complete response. */
export interface NetworkProblem {
  readonly url: string
  /** Error of the platform. */
  readonly cause: Error
  /** Error code of the platform. */
  readonly code: string | undefined
  /** HTTP status, if the response broke off after its headers. */
  readonly status: number | undefined
  readonly mayHaveHappened: boolean
  readonly isTransient: boolean
  /** Whether the client uses its own sender instead of the option `fetch`. */
  readonly isOwnSender: boolean
}

/** The properties of a failed request that are derived from the platform's error. */
export interface NetworkErrorDetails {
  /** Contains the host, the problem, and what to do. */
  readonly message: string
  readonly mayHaveHappened: boolean
  readonly isTransient: boolean
}

/**
 * The error codes of Node.js and undici for a connection that was never established. After such an error, the server cannot have received
 * the request. Browsers report no code. Messages are not inspected, because their wording is not specified.
 */
const connectErrorCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']

/** Matches the error codes of a certificate that is not valid or not trusted. */
const certificateError = /CERT|LEAF_SIGNATURE/

/**
 * Finds out from an error whether the server may have received the request, whether the same request may succeed later, and what to do.
 *
 * This module is loaded on demand, see `runInRealTime`. If it cannot be loaded, the request counts as received and the problem as
 * transient.
 */
export function explainNetworkError(problem: NetworkProblem): NetworkErrorDetails {
  const isTransient = problem.isTransient && !isPermanent(problem)
  const mayHaveHappened = problem.mayHaveHappened && isTransient && !connectErrorCodes.includes(`${problem.code}`)
  return { message: createMessage({ ...problem, mayHaveHappened }), mayHaveHappened, isTransient }
}

/** Returns whether the same request can succeed only after the certificate or the settings of the proxy are changed. */
function isPermanent({ cause, code }: NetworkProblem): boolean {
  const proxyStatus = Number(readProxyStatus(cause))
  return proxyStatus === 403 || proxyStatus === 407 || certificateError.test(`${code}`)
}

function createMessage(problem: NetworkProblem): string {
  const { host, hostname } = new URL(problem.url)
  const hints = [
    problem.code === 'ENOTFOUND' && suggestCloud(hostname),
    !problem.mayHaveHappened &&
      problem.isOwnSender &&
      readProxyStatus(problem.cause) === undefined &&
      suggestProxy(hostname),
  ]
  return [describe(problem, host), ...hints.filter(hint => hint)].join('. ')
}

function describe({ status, code, mayHaveHappened, cause }: NetworkProblem, host: string): string {
  const reason = code ?? cause.message
  const proxyStatus = readProxyStatus(cause)
  if (status !== undefined) return `The response from ${host} broke off (HTTP ${status}, ${reason})`
  if (proxyStatus !== undefined) return `The proxy refused to connect to ${host} (HTTP ${proxyStatus})`
  if (certificateError.test(reason)) {
    return `The certificate of ${host} ${describeCertificateProblem(reason)}`
  }
  if (mayHaveHappened) return `No response from ${host} (${reason})`
  return `${code === 'ENOTFOUND' ? 'Cannot resolve' : 'Cannot connect to'} ${host} (${reason})`
}

function describeCertificateProblem(code: string): string {
  if (/EXPIRED|NOT_YET/.test(code)) return `is not valid at this time (${code}). Check the clock of this machine`
  if (/ALTNAME/.test(code)) return `is valid only for other hosts (${code}). Check the endpoint`
  return `is not trusted (${code}). To trust another authority, set NODE_EXTRA_CA_CERTS (Node.js)`
}

/** Returns the status of a proxy that refused to connect. Node's fetch reports this status only in the message of a cause. */
function readProxyStatus(error: Error & { readonly statusCode?: number }): number | string | undefined {
  if (error.statusCode !== undefined) return error.statusCode
  const cause = error.cause as Error | undefined
  const text = `${cause?.message} ${(cause?.cause as Error | undefined)?.message}`
  return /Proxy response \((\d+)/.exec(text)?.[1]
}

/** Returns a hint if the host is unknown because the cloud does not have the region. */
function suggestCloud(hostname: string): string | undefined {
  const clouds = Object.keys(regionsByCloud)
  const cloud = clouds.find(name => regionsByCloud[name]?.domains.some(domain => hostname.endsWith(`.${domain}`)))
  const region = hostname.split('.')[1]
  if (!cloud || !region) return undefined
  const owner = clouds.find(name => regionsByCloud[name]?.regions.includes(region))
  if (owner === cloud) return undefined
  return owner
    ? `Region ${region} belongs to another cloud: set cloud: '${owner}'`
    : `No region ${region} is known in cloud ${cloud}. Check the option region`
}

/** Returns a hint if the environment names a proxy: that Node.js does not use it, or that it may be the cause. */
function suggestProxy(hostname: string): string | undefined {
  const { env = {}, execArgv = [], versions } = (globalThis as { process?: Partial<NodeJS.Process> }).process ?? {}
  const variable = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find(name => env[name])
  if (!versions?.node || !variable || isExcluded(hostname, env['no_proxy'] || env['NO_PROXY'])) return undefined
  const isUsed =
    env['NODE_USE_ENV_PROXY'] === '1' || /--use-env-proxy/.test(`${execArgv} ${env['NODE_OPTIONS']}`) || hasProxyAgent()
  if (isUsed) return `If requests go through the proxy in ${variable}, check whether it is available`
  return `${variable} is set, but Node.js ignores it. Set NODE_USE_ENV_PROXY=1 (requires Node.js 22.21+ or 24.5+)`
}

/** Returns whether `NO_PROXY` excludes a host. A domain includes its subdomains. */
const isExcluded = (hostname: string, list = ''): boolean =>
  list
    .split(/[\s,]+/)
    .map(entry => entry.replace(/^\*?\./, '').replace(/:\d+$/, ''))
    .some(entry => entry === '*' || (entry && (hostname === entry || hostname.endsWith(`.${entry}`))))

/** Returns whether the program has replaced the global agent of Node.js by one that uses a proxy. The command does this. */
function hasProxyAgent(): unknown {
  const { process } = globalThis as { process?: Partial<NodeJS.Process> }
  // Without `node:`, so that checks of bundles for browsers do not take this text for an import.
  const { globalAgent, Agent } = process?.getBuiltinModule?.('https') ?? {}
  return globalAgent && (globalAgent.constructor !== Agent || (globalAgent.options as { proxyEnv?: unknown }).proxyEnv)
}
