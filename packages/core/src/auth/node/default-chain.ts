import { chain } from '../chain.ts'
import type { Credentials } from '../credentials.ts'
import { type CloudsYamlCredentialOptions, fromCloudsYaml, readCloudsYaml } from './clouds-yaml.ts'
import { fromEnv, readEnv } from './environment.ts'
import { fromMetadata, type MetadataOptions } from './metadata.ts'
import { fromProfile, type ProfileOptions, readProfile } from './profile.ts'
import { completed, defined, type Settings } from './settings.ts'

export interface DefaultOptions extends CloudsYamlCredentialOptions, ProfileOptions {
  /** For the metadata service. */
  metadata?: MetadataOptions | undefined
}

/**
 * Credentials from wherever this machine has some: the environment, the profile of the vendor's SDKs, `clouds.yaml`, the metadata
 * service of an ECS, in this order. A cloud that is asked for by name (`cloudName`, `OS_CLOUD`) goes before the profile.
 *
 * @throws CredentialsError (when a call is made) if none has any; it names every source and why it failed
 * @example
 * import { defaultChain, defaultSettings } from '@jobscope/core/node'
 * import { createDliClient } from '@jobscope/dli'
 * import { password } from '@jobscope/iam'
 *
 * const { region, cloud, projectId } = await defaultSettings()
 * const dli = createDliClient({ region, cloud, projectId, credentials: defaultChain({ password }) })
 */
export function defaultChain(options: DefaultOptions = {}): Credentials {
  const files = inOrder(options, fromProfile(options), fromCloudsYaml(options))
  return chain(fromEnv(options), ...files, fromMetadata(options.metadata))
}

/**
 * The settings that go with `defaultChain`: each from the first of the environment, the profile and `clouds.yaml` that has it.
 *
 * @throws Error naming the file that cannot be read, and what is wrong in it
 * @example
 * const { region, cloud, projectId, projectName } = await defaultSettings()
 */
export async function defaultSettings(options: DefaultOptions = {}): Promise<Settings> {
  const files = inOrder(options, await readProfile(options), await readCloudsYaml(options))
  const last = [readEnv(options.env), ...files].map(defined).toReversed()
  return completed(Object.assign({}, ...last))
}

/** What was asked for by name goes first. */
const inOrder = <T>({ cloudName, env = process.env }: DefaultOptions, profile: T, clouds: T): readonly T[] =>
  cloudName || env['OS_CLOUD'] ? [clouds, profile] : [profile, clouds]
