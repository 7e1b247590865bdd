import type { Terminal } from './terminal/terminal.ts'
import { UsageError } from './usage-error.ts'

/**
 * Hosts to which requests never go through a proxy: this machine and the metadata service. The credentials from the metadata
 * service must not pass through a proxy.
 */
const directHosts = ['localhost', '127.0.0.0-127.255.255.255', '[::1]', '169.254.0.0-169.254.255.255']

/**
 * Sends requests through the proxy of the environment variables `HTTPS_PROXY` and `HTTP_PROXY`, except to hosts in `NO_PROXY`.
 * Lower-case names have precedence. Prints a warning if this version of Node or the command cannot use the proxy.
 *
 * @throws UsageError if the URL of a proxy is invalid
 */
export function useProxy({ env, note, paint }: Terminal): void {
  const warn = (text: string) => note(`${paint('yellow', 'jobscope:')} ${text}`)
  const httpsProxy = readProxy(env, 'HTTPS_PROXY')
  const httpProxy = readProxy(env, 'HTTP_PROXY')
  if (!httpsProxy && !httpProxy) {
    if (readVariable(env, 'ALL_PROXY')) warn('ALL_PROXY is not supported. To use the proxy, set HTTPS_PROXY.')
    return
  }
  if (!process.allowedNodeEnvironmentFlags.has('--use-env-proxy')) {
    const name = httpsProxy ? 'HTTPS_PROXY' : 'HTTP_PROXY'
    warn(`${name} is ignored. Node ${process.versions.node} has no support for proxies. Use Node 22.21+ or 24.5+.`)
    return
  }
  const proxyEnv = {
    ...(httpsProxy !== undefined && { HTTPS_PROXY: httpsProxy }),
    ...(httpProxy !== undefined && { HTTP_PROXY: httpProxy }),
    NO_PROXY: [...readDirectHosts(env), ...directHosts].join(','),
  }
  // An import of node:http would read all its exports. Reading some of them loads the complete implementation of fetch.
  const http = process.getBuiltinModule('node:http')
  const https = process.getBuiltinModule('node:https')
  // Except for `proxyEnv`, these are the options of the global agents that Node creates.
  const options = { keepAlive: true, scheduling: 'lifo', timeout: 5000, proxyEnv } as const
  http.globalAgent = new http.Agent(options)
  https.globalAgent = new https.Agent(options)
}

type Environment = Terminal['env']

const readVariable = (env: Environment, name: string): string | undefined => env[name.toLowerCase()] || env[name]

function readProxy(env: Environment, name: string): string | undefined {
  const url = readVariable(env, name)
  if (!url) return undefined
  // Other tools accept a proxy URL without a scheme.
  const completeUrl = /^[a-z\d]+:\/\//i.test(url) ? url : `http://${url}`
  if (URL.canParse(completeUrl) && /^https?:/i.test(completeUrl)) return new URL(completeUrl).href
  // The message does not quote the URL, because the URL may contain a password.
  throw new UsageError(
    `${name} is not the URL of an HTTP proxy. Set it to a URL such as http://proxy.example.com:3128.`,
  )
}

/** The hosts in `NO_PROXY`. As in other tools, a domain includes its subdomains. */
const readDirectHosts = (env: Environment): string[] =>
  (readVariable(env, 'NO_PROXY') ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .flatMap(host => (/^[a-z\d][a-z\d.-]*[a-z][a-z\d.-]*$/i.test(host) ? [host, `.${host}`] : [host]))
