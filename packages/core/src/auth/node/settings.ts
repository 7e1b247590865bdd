import type { CloudName } from '../../generated/clouds.gen.ts'
import type { Credentials } from '../credentials.ts'
import { findCloudOfHost } from './cloud-hosts.ts'

/** The settings that a source contains in addition to credentials. A setting that the source does not contain is absent. */
export interface Settings {
  /** The cloud that `authUrl` belongs to. Pass it to a client as the option `cloud`. */
  readonly cloud?: CloudName | undefined
  /** The region, from the source, from the host of `authUrl`, or from the project name (`eu-de_etl`). */
  readonly region?: string | undefined
  readonly projectId?: string | undefined
  readonly projectName?: string | undefined
  /** Account name. */
  readonly domainName?: string | undefined
  /** Account ID. */
  readonly domainId?: string | undefined
  /** Base URL of IAM, with or without `/v3`. Pass it to `@jobscope/iam` as the option `endpoint`. */
  readonly authUrl?: string | undefined
}

/** The options that are passed to `password()` of `@jobscope/iam`. */
export interface PasswordSettings extends Pick<Settings, 'cloud' | 'region' | 'projectId' | 'projectName'> {
  readonly userName: string
  readonly password: string
  readonly domainName: string
  readonly endpoint?: string | undefined
}

/**
 * The function `password` of `@jobscope/iam`. This package does not depend on `@jobscope/iam`, so users who need passwords pass the
 * function as an option.
 */
export type PasswordCredentials = (settings: PasswordSettings) => Credentials

interface FoundPassword {
  readonly settings: Settings
  readonly userName: string | undefined
  readonly password: string | undefined
  /** The names of the fields in the source, for error messages. */
  readonly fieldNames: { readonly userName: string; readonly password: string; readonly domainName: string }
}

/**
 * Creates credentials from a user name and password that a source contains.
 *
 * @throws Error if the user name, the password or the account name is missing, or if `createCredentials` was not passed
 */
export function createPasswordCredentials(
  createCredentials: PasswordCredentials | undefined,
  { settings, userName, password, fieldNames }: FoundPassword,
): Credentials {
  const { domainName, domainId, projectId, projectName, region, cloud, authUrl } = settings
  if (!userName) throw new Error(`${fieldNames.userName} is missing`)
  if (!password) throw new Error(`${fieldNames.password} is missing`)
  if (!domainName) {
    const hint = domainId ? '. IAM requires the name of the account, not its ID.' : ''
    throw new Error(`${fieldNames.domainName} is missing${hint}`)
  }
  if (!createCredentials) {
    throw new Error(
      `${fieldNames.password} requires @jobscope/iam. Import its function password and pass it as the option password.`,
    )
  }
  return createCredentials({ userName, password, domainName, projectId, projectName, region, cloud, endpoint: authUrl })
}

/**
 * Derives missing settings. The region is derived from the host of `authUrl` or from the project name, and the cloud is derived from the
 * host.
 */
export function completeSettings(settings: Settings): Settings {
  const host = URL.canParse(settings.authUrl ?? '') ? new URL(settings.authUrl ?? '').hostname : ''
  const [, regionOfHost] = /^iam(?:-pub)?\.([a-z]+-[a-z\d-]+)\./.exec(host) ?? []
  // The default project has the name of its region. Other projects are named `<region>_<name>`.
  const [, regionOfProject] = /^([a-z]+-[a-z\d-]+)(_|$)/.exec(settings.projectName ?? '') ?? []
  return removeEmpty({
    ...settings,
    region: settings.region ?? regionOfHost ?? regionOfProject,
    cloud: settings.cloud ?? findCloudOfHost(host),
  })
}

/** Removes members that are undefined or empty. */
export const removeEmpty = <T extends object>(object: T): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== '')) as T
