import { exitCodes } from '../exit-codes.ts'

/** The exit codes, one per line. */
export const exitCodeTable = (): string =>
  Object.values(exitCodes)
    .map(({ code, meaning }) => `  ${`${code}`.padEnd(3)}  ${meaning}\n`)
    .join('')

/** The sources of credentials, in the order in which all commands try them. */
export const credentialSources = `  environment        HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, OS_TOKEN,
                     OS_ACCESS_KEY and OS_SECRET_KEY,
                     OS_USERNAME and OS_PASSWORD
  vendor's profile   ~/.huaweicloud/credentials
  clouds.yaml        in the working directory, ~/.config/openstack
                     or /etc/openstack; --profile or OS_CLOUD selects a cloud
  instance metadata  of the ECS that runs the command
Region, cloud and project come from the same places. Options override them.
With --profile, all of them come from this cloud in clouds.yaml.
JOBSCOPE_ENDPOINT sets the default of --endpoint.
HTTPS_PROXY and NO_PROXY are used.
jobscope configure writes a profile to clouds.yaml. Nothing else is stored, and
no secret is printed.
`
