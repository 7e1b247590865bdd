import { statSync } from 'node:fs'
import { type Comparison, compareService, findService, type Service } from './compare/compare.ts'
import type { Material } from './material.ts'
import { readMaterial } from './read-material.ts'
import { countUnexplained, formatText } from './report.ts'

export interface RunOptions {
  readonly services: readonly Service[]
  readonly log: (text: string) => void
  readonly error: (text: string) => void
}

const usage =
  'Usage: pnpm evidence -- [--json] [--complete] <folder> …\nEach folder is a local copy of a document repository or of an SDK. --complete also reports lines of SCOPE.md that no folder needs.'
const options = ['--json', '--complete', '--']

/**
 * Runs the command. Returns the exit code, which is 0 if all differences are explained, 1 if a difference is not explained, and 2 for wrong
 * arguments.
 */
export async function run(args: readonly string[], { services, log, error }: RunOptions): Promise<number> {
  const folders = args.filter(arg => !arg.startsWith('--'))
  const unknown = args.find(arg => arg.startsWith('--') && !options.includes(arg))
  if (unknown || folders.length === 0) {
    error(unknown ? `Unknown option ${unknown}.\n${usage}` : usage)
    return 2
  }
  const byService = new Map<Service, Material[]>()
  for (const folder of folders) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      error(`${folder} is not a folder. Pass the path of a local copy of a document repository or of an SDK.`)
      return 2
    }
    const found = (await readMaterial(folder)).flatMap(material => {
      const service = findService(services, material)
      return service ? [{ service, material }] : []
    })
    if (found.length === 0) {
      error(
        `${folder} contains no operation of a spec. Pass the folder of a document repository, or one that contains services/.`,
      )
      return 2
    }
    for (const { service, material } of found) byService.set(service, [...(byService.get(service) ?? []), material])
  }
  const comparisons = services.flatMap((service): Comparison[] => {
    const materials = byService.get(service)
    return materials ? [compareService(service, materials, args.includes('--complete'))] : []
  })
  log(args.includes('--json') ? JSON.stringify(comparisons, null, 2) : formatText(comparisons))
  return countUnexplained(comparisons) > 0 ? 1 : 0
}
