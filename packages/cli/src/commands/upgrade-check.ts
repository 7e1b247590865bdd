import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { checkUpgrade, type UpgradeVerdict, type Verdict } from '@jobscope/contract'
import { type Bundle, readBundle, type ServiceName, services } from '@jobscope/specs'
import { compareBundles, type SpecChange } from '@jobscope/specs/changes'
import { exitCodes } from '../exit-codes.ts'
import { parseEndpoints } from '../parse-endpoints.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { parseServices, readReport } from './check.ts'

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
  const after = await readBundles(to)
  const before = from === undefined ? readInstalled(service) : await readBundles(from)
  const changes: { [service: string]: readonly SpecChange[] } = {}
  for (const [name, bundle] of after) {
    const old = before.get(name)
    if (old) changes[name] = compareBundles(old, bundle)
  }
  const report = await readReport(traffic, {
    services: parseServices(service),
    bundles: before,
    endpoints: parseEndpoints(endpoint, '--endpoint'),
    signal: terminal.signal,
  })
  if (report.exchanges === 0)
    throw new UsageError(`${traffic.join(', ')}: no exchange of these services. Expected NDJSON or HAR.`)
  const verdicts = checkUpgrade(report.coverage, changes)
  if (json) for (const each of verdicts) await terminal.print(`${JSON.stringify(each)}\n`)
  else await terminal.print(formatVerdicts(verdicts, report.exchanges, all === true, terminal))
  return verdicts.some(({ verdict }) => verdict === 'breaks') ? exitCodes.drift.code : exitCodes.success.code
}

const readInstalled = (names: readonly string[] | undefined): ReadonlyMap<string, Bundle> =>
  new Map((parseServices(names) ?? services).map(name => [name, readBundle(name)]))

/**
 * Reads the bundles of one version of the specs, from a file with one bundle or from the folder of an unpacked `@jobscope/specs`.
 *
 * @throws UsageError if there is no bundle
 */
async function readBundles(path: string): Promise<ReadonlyMap<ServiceName, Bundle>> {
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
    return new Map([[name, bundle]])
  }
  const folders = [path, join(path, 'dist'), join(path, 'package/dist')]
  const found = services.flatMap(name => {
    const file = folders.map(folder => join(folder, `${name}.json`)).find(existsSync)
    return file === undefined ? [] : [[name, file] as const]
  })
  if (found.length === 0) throw new UsageError(`${path} has no bundles. Expected files such as dist/dli.json.`)
  return new Map(await Promise.all(found.map(async ([name, file]) => [name, await readBundleFile(file)] as const)))
}

async function readBundleFile(file: string): Promise<Bundle> {
  try {
    const bundle = JSON.parse(await readFile(file, 'utf8')) as Bundle
    if (typeof bundle.openapi === 'string' && typeof bundle.paths === 'object') return bundle
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
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
    if (verdict === 'unaffected' && !showsAll) return [`${title}; --all lists them`]
    return [
      title,
      ...list.flatMap(({ service, what, reason }) => [
        `  ${service}: ${toOneLine(what)}`,
        `    ${paint('dim', reason)}`,
      ]),
    ]
  })
  const end =
    verdicts.length === 0 ? 'The specs have no changes.' : `Compared with the traffic of ${exchanges} exchanges.`
  return `${[...sections, end].join('\n')}\n`
}
