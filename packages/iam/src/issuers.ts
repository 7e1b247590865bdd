import { aksk, type Credentials, type IssuedCredentials, ResponseError, type ResponseHead, token } from '@jobscope/core'
import { ConfigurationError, type InternalClientOptions } from '@jobscope/core/internal'
import { createIamClient, type IamClientOptions } from './client.ts'
import type { Scope, TemporaryCredentialsIdentity, TokenIdentity } from './types.ts'

/** The endpoint of IAM, and the options of the calls. */
export interface IssuerOptions extends Omit<IamClientOptions, 'projectId' | 'credentials'> {
  /** Timeout of one call of IAM, including retries and the delays between them. @default '20s' */
  timeout?: IamClientOptions['timeout']
  /** Returns the time as epoch milliseconds. @default Date.now */
  now?: (() => number) | undefined
}

/** The project that a token is valid for. */
export interface ProjectOptions {
  /** Project ID. Takes precedence over `projectName`. */
  projectId?: string | undefined
  /**
   * Project name. The default project of a region has the name of the region. Other projects are named `<region>_<name>`.
   * @default the region
   */
  projectName?: string | undefined
}

/**
 * Returns the scope of a token. APIs for jobs require a project.
 *
 * @throws ConfigurationError if no option names a project
 */
export function getScope({ projectId, projectName, region }: ProjectOptions & Pick<IssuerOptions, 'region'>): Scope {
  if (projectId) return { project: { id: projectId } }
  // Every region has a default project with the same name, except for the region of global services.
  const defaultProject = region === 'global' ? undefined : region
  const name = projectName || defaultProject
  if (name) return { project: { name } }
  throw new ConfigurationError('credentials.projectName', 'projectName is missing. Set it, or projectId, or region.')
}

/**
 * Returns the value of a required option.
 *
 * @param alternative name of another option that can be set instead
 * @throws ConfigurationError if the option is missing or empty
 */
export function requireOption(value: string | undefined, name: string, alternative?: string): string {
  if (typeof value === 'string' && value) return value
  throw new ConfigurationError(
    `credentials.${name}`,
    `${name} is missing${alternative ? `. Set it or ${alternative}.` : ''}`,
  )
}

/** Checks that the option `credentials` is set, for functions that create credentials from other credentials. */
export function requireCredentials(credentials: Credentials | undefined): Credentials {
  if (credentials) return credentials
  throw new ConfigurationError('credentials.credentials', 'credentials are missing')
}

/** Creates a function that requests a token from IAM. */
export function createTokenIssuer(
  options: IssuerOptions,
  { identity, scope }: { readonly identity: TokenIdentity; readonly scope: Scope },
  credentials?: Credentials,
): () => Promise<IssuedCredentials> {
  const { iam, getLastResponse } = createObservedClient(options, credentials)
  const body = { auth: { identity, scope } }
  return async () => {
    const response = await iam.createToken({ nocatalog: 'true', body })
    const head = getLastResponse()
    const value = head?.headers.get('X-Subject-Token')
    if (!value) {
      // A browser hides a header that the server does not expose to scripts of other origins.
      throw new ResponseError('createToken', 'The response has no readable header X-Subject-Token.', {
        status: head?.status,
      })
    }
    const { expires_at, issued_at } = response?.token ?? {}
    return { credentials: token(value), expiresAt: parseTime(expires_at), issuedAt: parseTime(issued_at) }
  }
}

/** Creates a function that requests temporary keys from IAM. */
export function createKeyIssuer(
  options: IssuerOptions,
  identity: TemporaryCredentialsIdentity,
  credentials: Credentials,
): () => Promise<IssuedCredentials> {
  const { iam, getLastResponse } = createObservedClient(options, credentials)
  return async () => {
    const response = await iam.createTemporaryCredentials({ body: { auth: { identity } } })
    const { access, secret, securitytoken, expires_at } = response?.credential ?? {}
    return {
      credentials: aksk({ accessKey: access, secretKey: secret, securityToken: securitytoken, now: options.now }),
      expiresAt: parseTime(expires_at),
      issuedAt: parseTime(getLastResponse()?.headers.get('Date')),
    }
  }
}

/** Returns epoch milliseconds, or `undefined` if there is no valid time. */
const parseTime = (time: string | null | undefined) => Date.parse(time ?? '') || undefined

/**
 * Creates an IAM client that keeps the headers of the last response: `X-Subject-Token` contains the token, and `Date` contains the current
 * time of IAM.
 */
function createObservedClient(options: IssuerOptions, credentials: Credentials | undefined) {
  let lastResponse: ResponseHead | undefined
  const internalOptions: Pick<InternalClientOptions, 'onResponseHead'> = {
    onResponseHead: head => {
      lastResponse = head
    },
  }
  const iam = createIamClient({
    ...options,
    timeout: options.timeout ?? '20s',
    credentials,
    ...internalOptions,
  })
  return { iam, getLastResponse: () => lastResponse }
}
