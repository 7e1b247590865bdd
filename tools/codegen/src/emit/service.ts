import type { Document, JsonObject } from '../read/document.ts'
import type { ErrorRules } from '../read/error-rules.ts'
import type { Service } from '../read/service.ts'
import { formatBanner } from '../text/banner.ts'
import { formatCodePattern, formatSuffixPattern, formatTextPattern } from '../text/code-pattern.ts'
import { formatDocComment } from '../text/doc-comment.ts'
import { formatImports } from '../text/imports.ts'
import { Code, formatLiteral, type Value } from '../text/literal.ts'

/** Emits `service.gen.ts`: the table that the runtime reads. */
export function emitService({ name, document, clouds, operations, errors, secrets }: Service): string {
  const exact = hasLongIntegers(document)
  const servers: JsonObject = Object.fromEntries(
    Object.entries(clouds).map(([cloud, { url, regions }]) => [
      cloud,
      { url, ...(Object.keys(regions).length > 0 && { regions }) },
    ]),
  )
  const routes = operations.map(({ id, route, flags: { page: _, ...plain }, body }) => {
    const flags = { ...plain, ...(body?.form && { form: new Code('encodeForm') }) }
    const value = Object.keys(flags).length > 0 ? [route, flags] : [route]
    return `    ${id}: ${formatLiteral(value, { indent: 4, before: id.length + 2, after: 1 })},\n`
  })
  const functions = [
    ...(exact ? ['exactJson'] : []),
    ...(operations.some(({ body }) => body?.form) ? ['encodeForm'] : []),
    ...(secrets.length > 0 ? ['createSecretFinder'] : []),
  ]
  return [
    formatBanner(name),
    formatImports(functions, 'PageRules, Service'),
    formatDocComment([`Endpoints, operations and error rules of the service.`]),
    'export const service = {\n',
    member('name', name),
    member('servers', servers),
    `  operations: {\n${routes.join('')}  },\n`,
    member('errors', {
      ...errors,
      ...failureRule(errors),
      kinds: patterns(errors),
      ...(secrets.length > 0 && { findSecrets: new Code(`createSecretFinder(${formatSuffixPattern(secrets)})`) }),
    }),
    exact ? member('json', new Code('exactJson')) : '',
    '} as const satisfies Service\n',
    '\n',
    formatDocComment(['How the lists of the service are paginated.']),
    'export const pageRules = {\n',
    ...operations.flatMap(({ id, flags: { page } }) => (page ? [member(id, page as Value)] : [])),
    '} as const satisfies PageRules\n',
  ].join('')
}

/** Returns true if the spec contains 64-bit integers, which `JSON.parse` would round. */
const hasLongIntegers = (document: Document) => JSON.stringify(document).includes('"format":"int64"')

function failureRule({ failure }: ErrorRules): { readonly [name: string]: Value } {
  return failure ? { failure: { at: failure.at, is: new Code(formatTextPattern(failure.in)) } } : {}
}

function patterns({ kinds }: ErrorRules): Value {
  return Object.fromEntries(Object.entries(kinds).map(([kind, codes]) => [kind, new Code(formatCodePattern(codes))]))
}

function member(name: string, value: Value): string {
  return `  ${name}: ${formatLiteral(value, { indent: 2, before: name.length + 2, after: 1 })},\n`
}
