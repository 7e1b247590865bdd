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
Region, cloud and project come from the same sources. Options override these
sources. With --profile, credentials, region, cloud and project come from the
selected cloud in clouds.yaml.
JOBSCOPE_ENDPOINT sets the default of --endpoint. If the endpoint is on this
machine and none of the first three sources has credentials, requests have a
placeholder token, which jobscope mock accepts.
Requests use the proxy in HTTPS_PROXY, except to hosts in NO_PROXY.
jobscope configure writes a profile to clouds.yaml. Nothing else is stored, and
no secret is printed.
`
