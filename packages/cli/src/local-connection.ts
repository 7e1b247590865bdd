import { type Credentials, chain, isCredentialsError, type OutgoingRequest, token } from '@jobscope/core'
import { HeaderMap } from '@jobscope/core/internal'
import { type DefaultOptions, fromCloudsYaml, fromEnv, fromProfile } from '@jobscope/core/node'
import { describeError } from './failure.ts'
import { toOneLine } from './terminal/sanitize.ts'
import type { Terminal } from './terminal/terminal.ts'

/** The project ID for a mock, which accepts any ID. */
const placeholderProjectId = 'any-project'

/**
 * Finds the project ID for an endpoint on this machine. The endpoint may be a tunnel to a service, so a user with credentials gets the ID
 * of a real project. Without credentials, the endpoint can only be a mock.
 *
 * @param name the name of the project, if it is known
 * @param request requests the ID of the project with this name
 */
export async function findLocalProjectId(
  name: string | undefined,
  request: (credentials: Credentials, name: string) => Promise<string>,
  { options, terminal }: { readonly options: DefaultOptions; readonly terminal: Terminal },
): Promise<string> {
  const { signal, note, paint } = terminal
  if (name === undefined) return placeholderProjectId
  try {
    return await request(chain(...listLocalSources(options)), name)
  } catch (error) {
    if (signal.aborted) throw error
    if (!isCredentialsError(error)) {
      const reason = describeError(error).replace(/\.$/, '')
      note(
        `${paint('yellow', 'jobscope:')} Cannot find the project ${toOneLine(name)}: ${reason}. The command uses the project ID ${placeholderProjectId}. Set another ID with --project.`,
      )
    }
    return placeholderProjectId
  }
}

/**
 * The credentials for an endpoint on this machine. If no source has credentials, requests have a placeholder token, because the mock
 * accepts any token. The metadata service is not asked, so that a mock starts without a delay.
 *
 * @throws CredentialsError (when a call is made) if the environment contains invalid or incomplete credentials
 */
export const createLocalCredentials = (options: DefaultOptions, terminal: Terminal): Credentials =>
  chain(...listLocalSources(options), createPlaceholder(options, terminal))

/** Whether environment variables contain credentials that cannot be used, such as an access key without a secret key. */
async function hasInvalidEnvironment(options: DefaultOptions, request: OutgoingRequest): Promise<boolean> {
  const findReason = (env: DefaultOptions['env']) =>
    Promise.resolve(fromEnv({ ...options, env }).authorize({ ...request, headers: new HeaderMap() })).then(
      () => undefined,
      // A password is valid or not only if IAM responds. Users of a mock may have no access to IAM.
      (error: unknown) => (isTransient(error) ? undefined : describeError(error)),
    )
  const reason = await findReason(options.env)
  // The reason without any variable is that no variable is set.
  return reason !== undefined && reason !== (await findReason({}))
}

const isTransient = (error: unknown): boolean => (error as { readonly isTransient?: unknown }).isTransient === true

const listLocalSources = (options: DefaultOptions): [Credentials, ...Credentials[]] => [
  fromEnv(options),
  fromProfile(options),
  fromCloudsYaml(options),
]

/**
 * A placeholder token, which the chain uses if no source has credentials. If a service rejects it, prints a note, because the endpoint may
 * be a tunnel to a service.
 */
function createPlaceholder(options: DefaultOptions, { note, paint }: Terminal): Credentials {
  const placeholder = token('any-token')
  let isReported = false
  return {
    ...placeholder,
    source: 'none (the endpoint is on this machine)',
    async authorize(request, attempt) {
      if (await hasInvalidEnvironment(options, request))
        throw new Error('not used, because the environment contains invalid credentials')
      return placeholder.authorize(request, attempt)
    },
    onUnauthorized() {
      const text =
        "No credentials were found. The endpoint is on this machine, so the requests have a placeholder token for a mock. To set credentials, use environment variables, the vendor's profile or clouds.yaml."
      if (!isReported) note(`${paint('yellow', 'jobscope:')} ${text}`)
      isReported = true
      return false
    },
  }
}
