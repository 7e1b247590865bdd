import type { JobKind } from '@jobscope/core'
import type { Service } from '../read/service.ts'
import { formatBanner } from '../text/banner.ts'
import { formatDocComment } from '../text/doc-comment.ts'
import { formatImports } from '../text/imports.ts'
import { Code, formatLiteral, type Value } from '../text/literal.ts'
import { formatKey } from '../text/names.ts'

/** Emits `jobs.gen.ts`, which contains the job kinds in the form that the runtime uses. */
export function emitJobs({ name, jobs }: Service): string {
  const kinds = jobs.map(kind => {
    const member = formatKey(kind.name)
    return `${formatDocComment([`${kind.title}.`], 2)}  ${member}: ${formatLiteral(withFunctions(kind.table), { indent: 2, before: member.length + 2, after: 1 })},\n`
  })
  const functions = [
    ...(jobs.some(({ table }) => table.cancel) ? ['cancelJob'] : []),
    ...(jobs.some(({ table }) => table.get.find) ? ['findJob'] : []),
  ]
  return [
    formatBanner(name),
    formatImports(functions, 'JobKind'),
    formatDocComment(['The job kinds of the service: operations, fields, states and polling intervals.']),
    kinds.length > 0 ? `export const jobs = {\n${kinds.join('')}}` : 'export const jobs = {}',
    ' as const satisfies { readonly [kind: string]: JobKind }\n',
  ].join('')
}

/**
 * Adds functions of core to the table of a job kind. Only the functions that the job kind needs are added, so that a client contains no
 * unused functions.
 */
const withFunctions = (table: JobKind): Value => {
  const values = table as unknown as { readonly [member: string]: Value }
  return Object.fromEntries(
    Object.entries(values).map(([member, rules]): [string, Value] => {
      if (member === 'get' && table.get.find) return [member, { ...(rules as object), run: new Code('findJob') }]
      if (member === 'cancel') return [member, { ...(rules as object), run: new Code('cancelJob') }]
      return [member, rules]
    }),
  )
}
