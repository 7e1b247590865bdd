import type { Operation } from '../read/operation.ts'
import type { Service } from '../read/service.ts'
import { formatBanner } from '../text/banner.ts'
import { formatLiteral } from '../text/literal.ts'
import { getAllArguments, getOtherArguments } from './arguments.ts'
import { emitBodyTests } from './body-tests.ts'
import { emitListTest, emitWaitTests } from './list-tests.ts'
import { emitResponseTest } from './response-test.ts'
import { emitWrongCalls } from './wrong-calls.ts'

/**
 * Emits `calls.gen.test-d.ts`. For every operation, the file contains calls that must compile and calls that must not compile. The file is
 * type-checked, but never run. Each `@ts-expect-error` is directly above a wrong line. If the wrong line compiles, the compiler reports an
 * error.
 */
export function emitTypeTests(service: Service): string {
  const { prefix } = service
  const bodies = emitBodyTests(service)
  const types = [`${prefix}Cloud`, `${prefix}Methods`, ...bodies.names].sort()
  return [
    formatBanner(service.name),
    "import type { JobKind, Service } from '@jobscope/core'\n",
    "import { jobs } from '../src/generated/jobs.gen.ts'\n",
    "import { service } from '../src/generated/service.gen.ts'\n",
    `${importOf(types)} from '../src/generated/types.gen.ts'\n\n`,
    `declare const client: ${prefix}Methods\n\n`,
    emitTablesTest(service),
    ...service.operations.map(operation => `\n${emitOperationTest(service, operation)}`),
    ...emitWaitTests(service).map(test => `\n${test}`),
    bodies.text && `\n${bodies.text}`,
  ].join('')
}

function importOf(types: readonly string[]): string {
  const line = `import type { ${types.join(', ')} }`
  return line.length <= 80 ? line : `import type {\n${types.map(type => `  ${type},\n`).join('')}}`
}

/** The tables and the types must have the same keys. */
function emitTablesTest({ prefix }: Service): string {
  return `type SameKeys<A, B> = [Exclude<keyof A, keyof B>, Exclude<keyof B, keyof A>] extends [never, never]
  ? true
  : { missing: Exclude<keyof A, keyof B>; surplus: Exclude<keyof B, keyof A> }

/** \`sql-job\` → \`SqlJob\` */
type Pascal<Name> = Name extends \`\${infer First}-\${infer Rest}\`
  ? \`\${Capitalize<First>}\${Pascal<Rest>}\`
  : Capitalize<Name & string>
type Waits = { [Kind in keyof typeof jobs as \`waitFor\${Pascal<Kind>}\`]: unknown }

true satisfies SameKeys<${prefix}Methods, typeof service.operations & Waits>
true satisfies SameKeys<Record<${prefix}Cloud, unknown>, typeof service.servers>
service satisfies Service
jobs satisfies { readonly [kind: string]: JobKind }
`
}

function emitOperationTest(service: Service, operation: Operation): string {
  const { id } = operation
  const start = `const response = await client.${id}(`
  const valid = formatLiteral(getAllArguments(service, operation), { indent: 2, before: start.length, after: 1 })
  const responseTest = emitResponseTest(service, operation)
  const again = `await client.${id}(`
  const layout = { indent: 2, before: again.length, after: 1 }
  const call = responseTest ? `${start}${valid})` : `${start.replace('const response = ', '')}${valid})`
  const optional =
    operation.body?.required || operation.parameters.some(parameter => parameter.required && !parameter.fromClient)
  return [
    `export async function ${id}() {\n`,
    `  ${call}\n`,
    ...(optional ? [] : [`  await client.${id}()\n`]),
    ...getOtherArguments(service, operation).map(args => `  ${again}${formatLiteral(args, layout)})\n`),
    responseTest,
    emitListTest(service, operation, getAllArguments(service, operation)),
    ...emitWrongCalls(service, operation).map(wrong => `\n${wrong}`),
    '}\n',
  ].join('')
}
