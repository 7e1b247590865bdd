import { getSchemaAt } from '../read/named-type.ts'
import type { Operation } from '../read/operation.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { formatLiteral, type Value } from '../text/literal.ts'
import { formatAccess } from '../text/names.ts'
import type { Arguments } from './arguments.ts'
import { getItemType, getPaging, omitPaging } from './lists.ts'
import { emitMemberTest } from './response-test.ts'
import { getWaits } from './waits.ts'

/**
 * Emits tests that `.all()` accepts every argument except the page position, and yields items. An operation without pages has no `.all()`.
 */
export function emitListTest(service: Service, operation: Operation, args: Arguments): string {
  const { id } = operation
  const paging = getPaging(operation)
  if (!paging) return `\n  // @ts-expect-error the operation has no pages\n  void client.${id}.all\n`
  const own = omitPaging(paging, args)
  const list = getSchemaAt(service.document, operation.success.schema ?? {}, paging.items, id)
  const item = resolve(service.document, list).items ?? {}
  const [name, place] = paging.inBody ? ['position', `['body']`] : [paging.position, '']
  const start = `for await (const item of client.${id}.all(`
  const position = `${formatAccess(paging.position)}`
  return [
    '\n',
    `  ${start}${formatLiteral(own, { indent: 2, before: start.length, after: 4 })})) {\n`,
    emitMemberTest(service.document, item, getItemType(service, operation, paging), 'item', '    '),
    '  }\n',
    `  // @ts-expect-error .all() sets ${name} itself\n`,
    `  void (undefined as unknown as NonNullable<NonNullable<Parameters<typeof client.${id}.all>[0]>${place}>)${position}\n`,
  ].join('')
}

/** Emits a test for each method that waits for a job. Such a method takes the key of the job. */
export function emitWaitTests(service: Service): string[] {
  return getWaits(service).map(({ name, item, schema, optional, example }) => {
    const start = `const job = await client.${name}(`
    const args: Value = example
    return [
      `export async function ${name}() {\n`,
      `  ${start}${formatLiteral(args, { indent: 2, before: start.length, after: 22 })}, { timeout: '2h' })\n`,
      emitMemberTest(service.document, schema, item, 'job'),
      optional ? '' : `\n  // @ts-expect-error the key is missing\n  await client.${name}()\n`,
      '}\n',
    ].join('')
  })
}
