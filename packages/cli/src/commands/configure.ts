import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkRegion } from '../check-region.ts'
import { suggestOrList } from '../did-you-mean.ts'
import { listRegions } from '../spec/regions.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { whoami } from './whoami.ts'

export interface ConfigureFlags {
  readonly profile?: string
  readonly cloud?: string
  readonly region?: string
  readonly project?: string
  readonly endpoint?: readonly string[]
}

/** Where the credentials of the new profile come from. */
const sources = ['ak', 'token', 'password', 'environment'] as const
type Source = (typeof sources)[number]

/** The values of `auth` in `clouds.yaml` for each source. */
const questions: { readonly [source in Source]: readonly (readonly [member: string, question: string])[] } = {
  ak: [
    ['ak', 'Access key'],
    ['sk', 'Secret key'],
  ],
  token: [['token', 'Token']],
  password: [
    ['username', 'User name'],
    ['password', 'Password'],
    ['user_domain_name', 'Account (domain name)'],
  ],
  environment: [],
}

/** Values that are not shown while they are typed. */
const secretMembers = ['sk', 'token', 'password']

/**
 * `jobscope configure`: asks for the settings of a profile, writes the profile to `clouds.yaml` in the home directory, and tests
 * the profile.
 *
 * @returns the exit code of the test
 */
export async function configure(flags: ConfigureFlags, terminal: Terminal): Promise<number> {
  const { ask, env } = terminal
  if (!ask) throw new UsageError('jobscope configure asks questions, so standard input must be a terminal.')
  const askFor = async (question: string, preset: string | undefined, fallback = '') =>
    preset ?? ((await ask(`${question}${fallback === '' ? '' : ` [${fallback}]`}: `)).trim() || fallback)
  const profile = await askFor('Profile', flags.profile, 'default')
  const clouds = [...new Set(listRegions().map(({ cloud }) => cloud))]
  const cloud = await askFor(`Cloud (${clouds.join(', ')})`, flags.cloud, clouds[0])
  if (!clouds.includes(cloud)) throw new UsageError(`Unknown cloud "${cloud}".${suggestOrList(cloud, clouds)}`)
  const region = await askFor('Region', flags.region)
  if (region === '') throw new UsageError('A region is required, for example eu-de.')
  checkRegion(region, cloud)
  const project = await askFor('Project ID (empty: find it by the name of the region)', flags.project)
  const source = await askFor(`Credentials (${sources.join(', ')})`, undefined, 'ak')
  if (!isSource(source)) throw new UsageError(`Unknown source "${source}".${suggestOrList(source, sources)}`)
  const auth: { [member: string]: string } = project === '' ? {} : { project_id: project }
  for (const [member, question] of questions[source]) {
    const value = (await ask(`${question}: `, { isSecret: secretMembers.includes(member) })).trim()
    if (value === '') throw new UsageError(`${question} is required.`)
    auth[member] = value
  }
  if (source === 'environment') {
    terminal.note(
      `Nothing was written: the environment already has everything. Use --region ${region} and --cloud ${cloud}.`,
    )
    return whoami({ ...flags, region, cloud }, terminal)
  }
  const file = join(env['HOME'] ?? env['USERPROFILE'] ?? '.', '.config', 'openstack', 'clouds.yaml')
  await writeProfile(file, profile, { ...(cloud === 'otc' && { profile: cloud }), region_name: region, auth })
  terminal.note(`${terminal.paint('green', '✓')} Wrote profile ${profile} to ${file}. Only you can read the file.`)
  return whoami({ profile, ...(flags.endpoint && { endpoint: flags.endpoint }) }, terminal)
}

const isSource = (text: string): text is Source => (sources as readonly string[]).includes(text)

/** Adds a profile to `clouds.yaml`, or replaces it. Other profiles and comments stay. */
async function writeProfile(file: string, profile: string, settings: object): Promise<void> {
  const { parseDocument } = await import('yaml')
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw new UsageError(`Cannot read ${file}: ${error.message}`)
  })
  const document = parseDocument(text)
  if (document.errors.length > 0) throw new UsageError(`${file} is not valid YAML. Correct it first.`)
  document.setIn(['clouds', profile], document.createNode(settings))
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  // A file that is only partly written would make all profiles unusable.
  await writeFile(`${file}.new`, document.toString(), { mode: 0o600 })
  await rename(`${file}.new`, file)
}
