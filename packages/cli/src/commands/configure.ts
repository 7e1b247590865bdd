import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkRegion } from '../check-region.ts'
import { suggestOrList } from '../did-you-mean.ts'
import { getExampleRegion, listRegions } from '../spec/regions.ts'
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

/** For each source: the members of `auth` in `clouds.yaml`, and the questions that ask for their values. */
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
  const { env } = terminal
  const askFor = createQuestions(terminal)
  const profile = await askFor({ text: 'Profile', preset: flags.profile, fallback: 'default' })
  const clouds = [...new Set(listRegions().map(({ cloud }) => cloud))]
  const cloud = await askFor({
    text: `Cloud (${clouds.join(', ')})`,
    preset: flags.cloud,
    fallback: clouds[0],
    check: text => checkKnown('cloud', text, clouds),
  })
  const example = getExampleRegion(cloud)
  const region = await askFor({
    text: `Region (for example ${example})`,
    preset: flags.region,
    check(text) {
      if (text === '') throw new UsageError(`A region is required, for example ${example}.`)
      checkRegion(text, cloud)
    },
  })
  const project = await askFor({
    text: 'Project ID (leave empty to use the project of the region)',
    preset: flags.project,
  })
  const source = (await askFor({
    text: `Credentials (${sources.join(', ')})`,
    fallback: 'ak',
    check: text => checkKnown('source', text, sources),
  })) as Source
  const auth: { [member: string]: string } = project === '' ? {} : { project_id: project }
  for (const [member, text] of questions[source]) {
    auth[member] = await askFor({
      text,
      isSecret: secretMembers.includes(member),
      check(value) {
        if (value === '') throw new UsageError(`${text} is required.`)
      },
    })
  }
  if (source === 'environment') {
    terminal.note(
      `No profile was written, because the credentials are in environment variables. With other commands, use --region ${region} --cloud ${cloud}.`,
    )
    const exitCode = await whoami({ ...flags, region, cloud }, terminal)
    noteEndpoint(flags, terminal)
    return exitCode
  }
  const file = join(env['HOME'] ?? env['USERPROFILE'] ?? '.', '.config', 'openstack', 'clouds.yaml')
  await writeProfile(file, profile, { ...(cloud === 'otc' && { profile: cloud }), region_name: region, auth })
  terminal.note(`${terminal.paint('green', '✓')} Wrote profile ${profile} to ${file}. Only you can read the file.`)
  const exitCode = await whoami({ profile, ...(flags.endpoint && { endpoint: flags.endpoint }) }, terminal)
  noteEndpoint(flags, terminal)
  return exitCode
}

/** Prints that only the test used the endpoint. `clouds.yaml` cannot store an endpoint. */
function noteEndpoint({ endpoint }: ConfigureFlags, { note, paint }: Terminal): void {
  if (!endpoint) return
  note(
    `${paint('yellow', 'jobscope:')} The endpoint is not stored: only this test used it. For other commands, set JOBSCOPE_ENDPOINT=${endpoint.join(',')} or use --endpoint. Otherwise, these commands send their requests to the cloud.`,
  )
}

interface Question {
  readonly text: string
  /** The value of an option. If it is set, the question is not asked. */
  readonly preset?: string | undefined
  /** The value if the user only presses Enter. */
  readonly fallback?: string | undefined
  readonly isSecret?: boolean
  /** Throws a UsageError if the value is invalid. */
  readonly check?: (value: string) => void
}

/** Creates a function that asks for a value. If the value is invalid, it prints the reason and asks again. */
function createQuestions({ ask, note, paint }: Terminal): (question: Question) => Promise<string> {
  if (!ask) throw new UsageError('jobscope configure asks questions, so standard input must be a terminal.')
  return async ({ text, preset, fallback = '', isSecret = false, check }) => {
    if (preset !== undefined) {
      check?.(preset)
      return preset
    }
    for (;;) {
      const value = (await ask(`${text}${fallback === '' ? '' : ` [${fallback}]`}: `, { isSecret })).trim() || fallback
      try {
        check?.(value)
        return value
      } catch (error) {
        if (!(error instanceof UsageError)) throw error
        for (const line of error.lines) note(`${paint('yellow', 'jobscope:')} ${line}`)
      }
    }
  }
}

function checkKnown(what: string, text: string, known: readonly string[]): void {
  if (!known.includes(text)) throw new UsageError(`Unknown ${what} "${text}".${suggestOrList(text, known)}`)
}

/** Adds a profile to `clouds.yaml`, or replaces the profile with the same name. Other profiles and comments stay. */
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
  // Writes a new file and then renames it, because a partly written file would make all profiles unusable.
  await writeFile(`${file}.new`, document.toString(), { mode: 0o600 })
  await rename(`${file}.new`, file)
}
