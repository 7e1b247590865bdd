import { NetworkError } from '../errors/network-error.ts'
import { type CloudName, clouds } from '../generated/clouds.gen.ts'
import { regions } from '../generated/regions.gen.ts'
import type { Call } from './send-context.ts'

/**
 * Returns the same error with a message that contains the host, the problem, and what to do.
 *
 * @param isOwnSender whether the client uses its own sender instead of the option `fetch`
 */
export function explainNetworkError(
  error: NetworkError,
  { operation, request }: Call,
  isOwnSender: boolean,
): NetworkError {
  const { cause, mayHaveHappened } = error
  // A TimeoutError has no cause, and its message is complete.
  if (!cause) return error
  const { host, hostname } = new URL(request.url)
  const hints = [suggestCloud(error, hostname), !mayHaveHappened && isOwnSender && suggestProxy()]
  const message = [describe(error, host), ...hints.filter(hint => hint)].join('. ')
  return new NetworkError(operation, message, { ...error, cause })
}

function describe({ status, code, mayHaveHappened, cause }: NetworkError, host: string): string {
  const { message, statusCode } = cause as Error & { readonly statusCode?: number }
  const reason = code ?? message
  if (status !== undefined) return `The response from ${host} broke off (HTTP ${status}, ${reason})`
  if (statusCode !== undefined) return `The proxy refused to connect to ${host} (HTTP ${statusCode})`
  if (/CERT|LEAF_SIGNATURE/.test(reason)) {
    return `The certificate of ${host} is not valid or not trusted (${reason}). NODE_EXTRA_CA_CERTS adds authorities in Node.js`
  }
  if (mayHaveHappened) return `No response from ${host} (${reason})`
  return `${code === 'ENOTFOUND' ? 'Cannot resolve' : 'Cannot connect to'} ${host} (${reason})`
}

/** Returns a hint if the host is unknown because the cloud does not have the region. */
function suggestCloud({ code }: NetworkError, hostname: string): string | undefined {
  const names = Object.keys(clouds) as CloudName[]
  const cloud = names.find(name => clouds[name].domains.some(domain => hostname.endsWith(`.${domain}`)))
  const labels = hostname.split('.')
  const region = labels[1]
  if (code !== 'ENOTFOUND' || !cloud || !region) return undefined
  const owner = names.find(name => regions[name]?.includes(region))
  if (owner === cloud) return undefined
  return owner
    ? `Region ${region} belongs to another cloud: set cloud: '${owner}'`
    : `No region ${region} is known in cloud ${cloud}. Check the option region`
}

/** Returns a hint if the environment names a proxy that Node.js does not use. */
function suggestProxy(): string | undefined {
  const { env = {}, execArgv = [], versions } = (globalThis as { process?: Partial<NodeJS.Process> }).process ?? {}
  const variable = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find(name => env[name])
  const isUsed = env['NODE_USE_ENV_PROXY'] === '1' || /--use-env-proxy/.test(`${execArgv} ${env['NODE_OPTIONS']}`)
  if (!versions?.node || !variable || isUsed) return undefined
  return `${variable} is set, but Node.js ignores it without NODE_USE_ENV_PROXY=1 (Node.js 22.21, or 24.5 and newer)`
}
