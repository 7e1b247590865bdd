import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkUpgrade, type UpgradeVerdict, type Verdict } from '@jobscope/contract'
import { type Bundle, readBundle, services } from '@jobscope/specs'
import { compareBundles, type ReleaseChanges, type SpecChange } from '@jobscope/specs/changes'
import { describeNumber } from '../describe-number.ts'
import { exitCodes } from '../exit-codes.ts'
import { parseEndpoints } from '../parse-endpoints.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { describeBrokenPart, parseServices, readReport } from './check.ts'

export interface UpgradeCheckFlags {
  readonly traffic: readonly string[]
  readonly to: string
  readonly from?: string
  readonly service?: readonly string[]
  readonly endpoint?: readonly string[]
  readonly json?: boolean
  readonly all?: boolean
}

/** `jobscope upgrade-check`: prints which changes of the specs affect recorded traffic. */
export async function upgradeCheck(flags: UpgradeCheckFlags, terminal: Terminal): Promise<number> {
  const { traffic, to, from, service, endpoint = [], json, all } = flags
  const after = await readSpecs(to)
  const { bundles: before, version } = from === undefined ? await readInstalled(service) : await readSpecs(from)
  const changes = listChanges(before, version, after)
  const compared = Object.keys(changes)
  if (compared.length === 0) {
    const [old, next] = [before, after.bundles].map(bundles => [...bundles.keys()].join(', '))
    throw new UsageError(`The two versions of the specs have no service in common. Older: ${old}. Newer: ${next}.`)
  }
  const report = await readReport(traffic, {
    services: parseServices(service),
    bundles: before,
    endpoints: parseEndpoints(endpoint, '--endpoint', { sendsCredentials: false }),
    signal: terminal.signal,
  })
  if (report.exchanges === 0)
    throw new UsageError(
      `Found no exchanges with ${service?.length ? service.join(', ') : 'a known service'} in ${traffic.join(', ')}. Expected NDJSON or HAR.`,
    )
  const { broken } = report
  for (const part of broken.parts) terminal.note(toOneLine(describeBrokenPart(part)))
  if (broken.count > broken.parts.length)
    terminal.note(`and ${describeNumber(broken.count - broken.parts.length, 'more line')}`)
  const verdicts = checkUpgrade(report.coverage, changes)
  if (json) for (const each of verdicts) await terminal.print(`${JSON.stringify(each)}\n`)
  else await terminal.print(formatVerdicts(verdicts, report.exchanges, all === true, terminal))
  if (verdicts.some(({ verdict }) => verdict === 'breaks')) return exitCodes.drift.code
  return broken.count > 0 ? exitCodes.usage.code : exitCodes.success.code
}

/** One version of the specs. */
interface Specs {
  readonly bundles: ReadonlyMap<string, Bundle>
  /** The version of the package. `undefined` if the specs were read from the file of a single bundle. */
  readonly version: string | undefined
  /** The content of `changes.json`, if the package has it. */
  readonly release?: ReleaseChanges | undefined
}

/**
 * Lists the changes by service. If the newer specs are the first release after the older specs, the changes come from the `changes.json`
 * of the newer specs. Otherwise this function compares the bundles.
 */
function listChanges(
  before: ReadonlyMap<string, Bundle>,
  version: string | undefined,
  { bundles, release }: Specs,
): { readonly [service: string]: readonly SpecChange[] } {
  const isNext = version !== undefined && release?.from === version
  return Object.fromEntries(
    [...bundles].flatMap(([name, bundle]) => {
      const old = before.get(name)
      return old ? [[name, (isNext && release.services[name]) || compareBundles(old, bundle)]] : []
    }),
  )
}

async function readInstalled(names: readonly string[] | undefined): Promise<Specs> {
  const manifest = fileURLToPath(import.meta.resolve('@jobscope/specs/package.json'))
  return {
    bundles: new Map((parseServices(names) ?? services).map(name => [name, readBundle(name)])),
    version: await readVersion(dirname(manifest)),
  }
}

/**
 * Reads one version of the specs. The path is a file with one bundle, or the folder of an unpacked `@jobscope/specs`.
 *
 * @throws UsageError if there is no bundle
 */
async function readSpecs(path: string): Promise<Specs> {
  if (!existsSync(path)) {
    const isVersion = /^\d+\.\d+/.test(path)
    const hint = isVersion
      ? `Run npm pack @jobscope/specs@${path}, unpack the file with tar, and pass the folder.`
      : 'Pass the JSON file of a bundle, or the folder of an unpacked @jobscope/specs.'
    throw new UsageError(`${path} is neither a file nor a folder. ${hint}`)
  }
  if ((await stat(path)).isFile()) {
    const bundle = await readBundleFile(path)
    const name = services.find(each => bundle['x-client-name'] === readBundle(each)['x-client-name'])
    if (!name) throw new UsageError(`${path} is not the bundle of one of these services: ${services.join(', ')}.`)
    return { bundles: new Map([[name, bundle]]), version: undefined }
  }
  const folders = [path, join(path, 'dist'), join(path, 'package/dist')]
  const find = (name: string) => folders.map(folder => join(folder, name)).find(existsSync)
  const found = services.flatMap(name => {
    const file = find(`${name}.json`)
    return file === undefined ? [] : [[name, file] as const]
  })
  if (found.length === 0) throw new UsageError(`${path} has no bundles. Expected files such as dist/dli.json.`)
  const changesFile = find('changes.json')
  return {
    bundles: new Map(await Promise.all(found.map(async ([name, file]) => [name, await readBundleFile(file)] as const))),
    version: (await readVersion(path)) ?? (await readVersion(join(path, 'package'))),
    release: changesFile === undefined ? undefined : await readJson<ReleaseChanges>(changesFile),
  }
}

/** The version of the package in a folder. */
async function readVersion(folder: string): Promise<string | undefined> {
  const manifest = join(folder, 'package.json')
  return existsSync(manifest) ? (await readJson<{ readonly version: string }>(manifest)).version : undefined
}

/** @throws UsageError if the file is not JSON */
async function readJson<T>(file: string): Promise<T> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${file} is not JSON.`)
    throw error
  }
}

async function readBundleFile(file: string): Promise<Bundle> {
  const bundle = await readJson<Partial<Bundle>>(file).catch(() => undefined)
  if (typeof bundle?.openapi === 'string' && typeof bundle.paths === 'object') return bundle as Bundle
  throw new UsageError(`${file} is not a bundle: expected OpenAPI as JSON.`)
}

const titles: { readonly [verdict in Verdict]: string } = {
  breaks: 'Breaks your traffic',
  'may break': 'May break your traffic',
  unaffected: 'Does not affect your traffic',
}

function formatVerdicts(
  verdicts: readonly UpgradeVerdict[],
  exchanges: number,
  showsAll: boolean,
  { paint }: Terminal,
): string {
  const sections = (Object.keys(titles) as Verdict[]).flatMap(verdict => {
    const list = verdicts.filter(each => each.verdict === verdict)
    if (list.length === 0) return []
    const title = `${paint('bold', titles[verdict])} (${list.length})`
    if (verdict === 'unaffected' && !showsAll) return [`${title}. Use --all to list these changes.`]
    return [
      title,
      ...list.flatMap(({ service, what, reason }) => [
        `  ${service}: ${toOneLine(what)}`,
        `    ${paint('dim', reason)}`,
      ]),
    ]
  })
  const end =
    verdicts.length === 0 ? 'The specs have no changes.' : `Number of checked exchanges in the traffic: ${exchanges}.`
  return `${[...sections, end].join('\n')}\n`
}
