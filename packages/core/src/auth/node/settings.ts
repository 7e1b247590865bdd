import type { CloudName } from '../../generated/clouds.gen.ts'
import type { Credentials } from '../credentials.ts'
import { findCloudOfHost } from './cloud-hosts.ts'

/** What a source says besides credentials: where the cloud is, and whose jobs are meant. A field that it does not know is absent. */
export interface Settings {
  /** Whose cloud it is, by the host of `authUrl`: for the client of a service. */
  readonly cloud?: CloudName | undefined
  /** As it stands there, or from the host of `authUrl`, or from the name of the project (`eu-de_etl`). */
  readonly region?: string | undefined
  readonly projectId?: string | undefined
  readonly projectName?: string | undefined
  /** Name of the account. */
  readonly domainName?: string | undefined
  /** Id of the account. */
  readonly domainId?: string | undefined
  /** Base URL of IAM, with or without `/v3`: `endpoint` for `@jobscope/iam`. */
  readonly authUrl?: string | undefined
}

/** What `password()` of `@jobscope/iam` needs to know. */
export interface PasswordSettings extends Pick<Settings, 'cloud' | 'region' | 'projectId' | 'projectName'> {
  readonly userName: string
  readonly password: string
  readonly domainName: string
  readonly endpoint?: string | undefined
}

/** `password` of `@jobscope/iam`. This package does not depend on it, so whoever has passwords hands it over. */
export type PasswordCredentials = (settings: PasswordSettings) => Credentials

/** Credentials from a name and a password that were found. `names` are what the source calls its fields. */
export function fromPassword(
  make: PasswordCredentials | undefined,
  { authUrl, ...settings }: Settings,
  { userName, password }: { readonly userName: string | undefined; readonly password: string | undefined },
  names: { readonly userName: string; readonly password: string; readonly domainName: string },
): Credentials {
  const { domainName } = settings
  if (!userName || !password || !domainName)
    throw new Error(`${!userName ? names.userName : !password ? names.password : names.domainName} is missing`)
  if (!make)
    throw new Error(
      `${names.password} needs @jobscope/iam: import { password } from it and give it as the option password`,
    )
  return make({
    userName,
    password,
    domainName,
    projectId: settings.projectId,
    projectName: settings.projectName,
    region: settings.region,
    cloud: settings.cloud,
    endpoint: authUrl,
  })
}

/** Fills in what follows from the rest. */
export function completed(settings: Settings): Settings {
  const host = URL.canParse(settings.authUrl ?? '') ? new URL(settings.authUrl ?? '').hostname : ''
  const region = settings.region ?? /^iam(?:-pub)?\.([a-z]+-[a-z\d-]+)\./.exec(host)?.[1]
  return defined({
    ...settings,
    // A sub-project is called `<region>_<name>`.
    region: region ?? /^([a-z]+-[a-z\d-]+)(_|$)/.exec(settings.projectName ?? '')?.[1],
    cloud: settings.cloud ?? findCloudOfHost(host),
  })
}

/** Without what is absent or empty. */
export const defined = <T extends object>(object: T): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== '')) as T
