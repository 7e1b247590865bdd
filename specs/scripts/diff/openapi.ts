import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { redocly } from '../redocly.ts'
import type { Change, Size } from './change.ts'

interface Found {
  readonly path: string
  readonly property?: string
  readonly kind: string
  readonly impact: 'major' | 'minor' | 'patch'
  readonly verdicts: readonly { readonly message?: string }[]
}

/**
 * Properties that only people read. Redocly reports a change as a patch if it has no rule for the change. Such a change can
 * affect programs, so a patch counts as additive. The exception is a patch of one of these properties, which counts as a change
 * of the documentation only.
 */
const prose = [
  ...['description', 'summary', 'title', 'example', 'examples', 'tags', 'externalDocs', 'info', 'value', 'contact'],
  ...['key', 'license', 'version'],
]

/** Lists the OpenAPI changes between two bundles with Redocly's `diff`, which distinguishes requests from responses. */
export function compareOpenApi(base: string, next: string, folder: string): Change[] {
  const config = join(folder, 'diff.redocly.yaml')
  writeFileSync(config, 'telemetry: off\nextends: [diff-recommended]\n')
  const report = redocly(['diff', base, next, '--config', config, '--format', 'json', '--fail-on', 'none'], folder)
  const { changes } = JSON.parse(report) as { readonly changes: readonly Found[] }
  return changes
    .filter(({ path, property }) => !`${path}/${property ?? ''}`.includes('/x-'))
    .map(change => ({
      size: sizeOf(change),
      where: change.path.replace(/^#/, ''),
      what: change.verdicts[0]?.message ?? [change.property, change.kind].filter(Boolean).join(' '),
    }))
}

function sizeOf({ impact, path, property }: Found): Size {
  if (impact === 'major') return 'breaking'
  const names = [...path.split('/'), property ?? '']
  const last = names.findLast(name => name !== '') ?? ''
  const isProse = prose.includes(last) || names.includes('examples') || names[1] === 'info' || names[1] === 'tags'
  return impact === 'patch' && isProse ? 'docs only' : 'additive'
}
