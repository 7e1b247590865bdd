import { type Credentials, chain, isCredentialsError, token } from '@jobscope/core'
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
 */
export const createLocalCredentials = (options: DefaultOptions, terminal: Terminal): Credentials =>
  chain(...listLocalSources(options), createPlaceholder(terminal))

const listLocalSources = (options: DefaultOptions): [Credentials, ...Credentials[]] => [
  fromEnv(options),
  fromProfile(options),
  fromCloudsYaml(options),
]

/** A placeholder token. If a service rejects it, prints a note, because the endpoint may be a tunnel to a service. */
function createPlaceholder({ note, paint }: Terminal): Credentials {
  let isReported = false
  return {
    ...token('any-token'),
    source: 'none (the endpoint is on this machine)',
    onUnauthorized() {
      const text =
        "No credentials were found. The endpoint is on this machine, so the requests have a placeholder token for a mock. To set credentials, use environment variables, the vendor's profile or clouds.yaml."
      if (!isReported) note(`${paint('yellow', 'jobscope:')} ${text}`)
      isReported = true
      return false
    },
  }
}
