import { chain } from '../chain.ts'
import type { Credentials } from '../credentials.ts'
import { type CloudsYamlCredentialOptions, fromCloudsYaml, readCloudsYaml } from './clouds-yaml.ts'
import { fromEnv, readEnvironment } from './environment.ts'
import { fromMetadata, type MetadataOptions } from './metadata.ts'
import { fromProfile, type ProfileOptions, readProfile } from './profile.ts'
import { completeSettings, removeEmpty, type Settings } from './settings.ts'

export interface DefaultOptions extends CloudsYamlCredentialOptions, ProfileOptions {
  /** Options of the metadata service. */
  metadata?: MetadataOptions | undefined
}

/**
 * Creates credentials from the first source on this machine that has credentials: the environment, the profile of the vendor's SDKs,
 * `clouds.yaml`, the metadata service of an ECS. If a cloud is selected by name (`cloudName`, `OS_CLOUD`), `clouds.yaml` comes before
 * the profile.
 *
 * @throws CredentialsError (when a call is made) if all sources fail. The error names each source and the reason why it failed.
 * @example
 * import { defaultChain, defaultSettings } from '@jobscope/core/node'
 * import { createDliClient } from '@jobscope/dli'
 * import { password } from '@jobscope/iam'
 *
 * const { region, cloud, projectId } = await defaultSettings()
 * const dli = createDliClient({ region, cloud, projectId, credentials: defaultChain({ password }) })
 */
export function defaultChain(options: DefaultOptions = {}): Credentials {
  const files = sortFiles(options, { profile: fromProfile(options), clouds: fromCloudsYaml(options) })
  return chain(fromEnv(options), ...files, fromMetadata(options.metadata))
}

/**
 * Reads the settings for `defaultChain`. Each setting comes from the first source that contains it: the environment, the profile, or
 * `clouds.yaml`.
 *
 * @throws Error if a file is invalid. The message names the file and the problem.
 * @example
 * const { region, cloud, projectId, projectName } = await defaultSettings()
 */
export async function defaultSettings(options: DefaultOptions = {}): Promise<Settings> {
  const files = sortFiles(options, { profile: await readProfile(options), clouds: await readCloudsYaml(options) })
  const byPriority = [readEnvironment(options.env), ...files].map(removeEmpty)
  return completeSettings(Object.assign({}, ...byPriority.toReversed()))
}

/** Sorts the files by priority: `clouds.yaml` comes first if a cloud is selected by name. */
function sortFiles<T>(
  { cloudName, env = process.env }: DefaultOptions,
  { profile, clouds }: { readonly profile: T; readonly clouds: T },
): readonly T[] {
  return cloudName || env['OS_CLOUD'] ? [clouds, profile] : [profile, clouds]
}
