import type { Service } from '../read/service.ts'
import { banner } from '../text/banner.ts'
import { docComment } from '../text/doc-comment.ts'
import { literal } from '../text/literal.ts'
import { key } from '../text/names.ts'

/** `jobs.gen.ts`: the kinds of jobs, as the runtime reads them. */
export function emitJobs({ name, jobs }: Service): string {
  const kinds = jobs.map(kind => {
    const member = key(kind.name)
    return `${docComment([`${kind.title}.`], 2)}  ${member}: ${literal(kind.table, { indent: 2, before: member.length + 2, after: 1 })},\n`
  })
  return [
    banner(name),
    "import type { JobKind } from '@jobscope/core'\n\n",
    docComment(['The kinds of jobs of the service: how each is read, how often, and what its states mean.']),
    kinds.length > 0 ? `export const jobs = {\n${kinds.join('')}}` : 'export const jobs = {}',
    ' as const satisfies { readonly [kind: string]: JobKind }\n',
  ].join('')
}
