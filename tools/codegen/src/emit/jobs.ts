import type { JobTable } from '../read/job-kinds.ts'
import type { Service } from '../read/service.ts'
import { banner } from '../text/banner.ts'
import { docComment } from '../text/doc-comment.ts'
import { importOf } from '../text/import-of.ts'
import { Code, literal, type Value } from '../text/literal.ts'
import { key } from '../text/names.ts'

/** `jobs.gen.ts`: the kinds of jobs, as the runtime reads them. */
export function emitJobs({ name, jobs }: Service): string {
  const kinds = jobs.map(kind => {
    const member = key(kind.name)
    return `${docComment([`${kind.title}.`], 2)}  ${member}: ${literal(withFunctions(kind.table), { indent: 2, before: member.length + 2, after: 1 })},\n`
  })
  const functions = [
    ...(jobs.some(({ table }) => table.cancel) ? ['cancelJob'] : []),
    ...(jobs.some(({ table }) => table.get.find) ? ['findJob'] : []),
  ]
  return [
    banner(name),
    importOf(functions, 'JobKind'),
    docComment(['The kinds of jobs of the service: how each is read, how often, and what its states mean.']),
    kinds.length > 0 ? `export const jobs = {\n${kinds.join('')}}` : 'export const jobs = {}',
    ' as const satisfies { readonly [kind: string]: JobKind }\n',
  ].join('')
}

/** A table with the functions of the runtime that do what it says, so that a client without them does not carry them. */
const withFunctions = (table: JobTable): Value =>
  Object.fromEntries(
    Object.entries(table).map(([member, rules]): [string, Value] => {
      if (member === 'get' && table.get.find) return [member, { ...table.get, by: new Code('findJob') }]
      if (member === 'cancel') return [member, { ...table.cancel, by: new Code('cancelJob') }]
      return [member, rules]
    }),
  )
