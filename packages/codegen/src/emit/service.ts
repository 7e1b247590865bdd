import type { JsonObject } from '../read/document.ts'
import type { Service } from '../read/service.ts'
import { banner } from '../text/banner.ts'
import { docComment } from '../text/doc-comment.ts'
import { literal } from '../text/literal.ts'

/** `service.gen.ts`: the table that the runtime works from. */
export function emitService({ name, clouds, operations, errors }: Service): string {
  const servers: JsonObject = Object.fromEntries(
    Object.entries(clouds).map(([cloud, { url, regions }]) => [
      cloud,
      { url, ...(Object.keys(regions).length > 0 && { regions }) },
    ]),
  )
  const routes: JsonObject = Object.fromEntries(
    operations.map(({ id, route, flags }) => [id, Object.keys(flags).length > 0 ? [route, flags] : [route]]),
  )
  return [
    banner(name),
    "import type { Service } from '@jobscope/core'\n\n",
    docComment([`Endpoints, operations and error rules of the service.`]),
    'export const service = {\n',
    ...Object.entries({ name, servers, operations: routes, errors }).map(
      ([member, value]) => `  ${member}: ${literal(value, { indent: 2, before: member.length + 2, after: 1 })},\n`,
    ),
    '} as const satisfies Service\n',
  ].join('')
}
