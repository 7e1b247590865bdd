import { type ResourceSpec, readPointer } from '@jobscope/specs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { loadBundles } from '../src/bundle.ts'
import { createMock, virtualClock } from '../src/index.ts'
import { getExamples, loadOperations, type Operation } from '../src/operation.ts'
import { getBodySchema } from '../src/simulation/job-call.ts'
import { getSuccessSchema } from '../src/simulation/job-kind.ts'
import { getItems, getPropertyNames, getSchemaAt } from '../src/simulation/schema.ts'
import { createRequest } from './spec-requests.ts'

/** Tests the resources in `x-resources`: things other than jobs, such as templates. The mock keeps the resources that requests create. */

const START = 1_800_000_000_000

type Json = Record<string, unknown>

const resources = await Promise.all(
  [...(await loadBundles())].map(async ([service, bundle]) => {
    const operations = new Map((await loadOperations(bundle)).map(operation => [operation.iid ?? '', operation]))
    return Object.entries(bundle['x-resources'] ?? {}).map(
      ([name, spec]) => [`${service}:${name}`, service, spec, operations] as const,
    )
  }),
)

/** Starts a mock and returns functions that call the operations of a resource. */
async function setUp(service: string, spec: ResourceSpec, operations: ReadonlyMap<string, Operation>) {
  const mock = await createMock({ services: [service as 'dli'], clock: virtualClock(START) })
  onTestFinished(() => mock.close())
  const [[parameter, keyPointer]] = Object.entries(spec.key) as [[string, string]]
  const find = (id: string | undefined) => operations.get(id ?? '') as Operation

  async function send(operation: Operation, values: Record<string, unknown> = {}) {
    const response = await fetch(createRequest(mock.url(service), operation, values))
    return { status: response.status, body: (await response.json().catch(() => undefined)) as Json }
  }
  const { create, list, get, update, delete: remove } = spec.operations
  const readBody = async (operation: Operation): Promise<unknown> =>
    createRequest(mock.url(service), operation, {}).json()

  return {
    mock,
    keyPointer,
    getBody: () => readBody(find(create.operation)) as Promise<Json>,
    create: (body: Json) => send(find(create.operation), { body }),
    async list() {
      const { body } = await send(find(list.operation))
      const total = list.total === undefined ? undefined : readPointer(body, list.total)
      return { items: readPointer(body, list.at) as Json[], total }
    },
    get: get && ((key: string) => send(find(get.operation), { [parameter]: key })),
    update:
      update &&
      (async (key: string) => {
        const operation = find(update.operation)
        if (update.keys === undefined) return send(operation, { [parameter]: key })
        return send(operation, { body: { ...((await readBody(operation)) as Json), [update.keys.slice(1)]: key } })
      }),
    updateBody: update && ((): Promise<unknown> => readBody(find(update.operation))),
    async delete(key: string) {
      if (!remove) return undefined
      const operation = find(remove.operation)
      return remove.keys === undefined
        ? send(operation, { [parameter]: key })
        : send(operation, { body: { [remove.keys.slice(1)]: [key] } })
    },
    /** The members that the items of the list have according to the spec. */
    getItemNames: () => getPropertyNames(getItems(getSchemaAt(getSuccessSchema(find(list.operation)), list.at))),
    getListExample: () =>
      readPointer(getExamples(find(list.operation)).find(({ status }) => status < 300)?.value, list.at) as Json[],
  }
}

/** The values of a body that are neither objects nor lists, by name. */
const getValues = (body: unknown): [string, unknown][] =>
  Object.entries((body ?? {}) as Json).flatMap(([name, value]) =>
    typeof value === 'object' ? (Array.isArray(value) ? [] : getValues(value)) : [[name, value] as [string, unknown]],
  )

/** Expects that the members of an item have the submitted values. Members that the item lacks are not compared. */
function expectSubmitted(item: Json, body: unknown) {
  const shown = new Map(getValues(item))
  const common = getValues(body).filter(([name]) => shown.has(name))
  expect(common.length).toBeGreaterThan(0)
  for (const [name, value] of common) expect([name, shown.get(name)]).toEqual([name, value])
}

test('the specs declare resources', () => {
  expect(resources.flat().map(([name]) => name)).toContain('dli:sql-template')
})

describe.each(resources.flat())('%s', (_, service, spec, operations) => {
  test('the list is the example of the spec until an item is created', async () => {
    const { list, getListExample } = await setUp(service, spec, operations)
    expect((await list()).items).toEqual(getListExample())
  })

  test('a created item is in the list with the submitted values and the time of the clock', async () => {
    const { list, create, getBody, get, keyPointer } = await setUp(service, spec, operations)
    const body = await getBody()
    const { status } = await create(body)
    expect(status).toBeLessThan(300)
    const { items, total } = await list()
    expect(items).toHaveLength(1)
    if (total !== undefined) expect(total).toBe(1)
    const [item = {}] = items
    expectSubmitted(item, body)
    if (spec.times?.created) expect(readPointer(item, spec.times.created)).toBe(START)
    if (get) expectSubmitted((await get(String(readPointer(item, keyPointer)))).body, body)
  })

  test('a listed item has no members that its schema does not declare', async () => {
    const { list, create, getBody, getItemNames } = await setUp(service, spec, operations)
    await create(await getBody())
    const [item = {}] = (await list()).items
    expect(getItemNames()).toEqual(expect.arrayContaining(Object.keys(item)))
  })

  test('an update changes an item, and a deletion removes it', async () => {
    const { mock, list, create, getBody, update, updateBody, keyPointer, ...calls } = await setUp(
      service,
      spec,
      operations,
    )
    await create(await getBody())
    const [item] = (await list()).items
    const key = String(readPointer(item, keyPointer))
    mock.clock.advance(1000)
    if (update && updateBody) {
      expect((await update(key)).status).toBeLessThan(300)
      const [updated = {}] = (await list()).items
      expectSubmitted(updated, await updateBody())
      if (spec.times?.updated) expect(readPointer(updated, spec.times.updated)).toBe(START + 1000)
      expect((await update('4711')).status).toBeGreaterThanOrEqual(400)
    }
    const deleted = await calls.delete(key)
    expect(deleted !== undefined).toBe(spec.operations.delete !== undefined)
    if (!deleted) return
    expect(deleted.status).toBeLessThan(300)
    expect((await list()).items).toEqual([])
    expect((await calls.delete(key))?.status).toBeGreaterThanOrEqual(400)
  })
})

test.each(resources.flat().filter(([, , { operations }]) => operations.update?.replaces))(
  'an update of %s removes the values that the request does not contain',
  async (_, service, spec, operations) => {
    const { mock, list, create, getBody, get, keyPointer } = await setUp(service, spec, operations)
    const operation = operations.get(spec.operations.update?.operation ?? '')
    if (!get || !operation) throw new Error('The resource must have get and update operations.')
    const body = await getBody()
    await create(body)
    const key = String(readPointer((await list()).items[0], keyPointer))
    const { required = [], properties = {} } = getBodySchema(operation) ?? {}
    const update = Object.fromEntries(required.map(name => [name, body[name]]))
    const [[parameter = '']] = Object.entries(spec.key) as [[string, string]]
    const request = createRequest(mock.url(service), operation, { [parameter]: key, body: update })
    expect((await fetch(request)).status).toBeLessThan(300)
    const removed = Object.keys(body).filter(
      name => !required.includes(name) && name !== keyPointer.slice(1) && properties[name]?.default === undefined,
    )
    expect(removed.length).toBeGreaterThan(0)
    expect(Object.keys((await get(key)).body).filter(name => removed.includes(name))).toEqual([])
  },
)

test('an operation can delete items of several resources', async () => {
  const findResource = (name: string) => resources.flat().find(([each]) => each === name)
  const [[, service, sqlSpec, operations], [, , sparkSpec]] = ['dli:sql-template', 'dli:spark-template'].map(
    findResource,
  ) as [NonNullable<ReturnType<typeof findResource>>, NonNullable<ReturnType<typeof findResource>>]
  const { mock } = await setUp(service, sqlSpec, operations)
  const send = async (id: string, body?: unknown) => {
    const operation = operations.get(id) as Operation
    const response = await fetch(createRequest(mock.url(service), operation, body === undefined ? {} : { body }))
    return { status: response.status, body: (await response.json()) as Json }
  }
  const listKeys = async ({ operations: { list }, key }: ResourceSpec) =>
    (readPointer((await send(list.operation)).body, list.at) as Json[]).map(item =>
      readPointer(item, Object.values(key)[0] ?? ''),
    )
  await send(sqlSpec.operations.create.operation)
  await send(sqlSpec.operations.create.operation)
  await send(sparkSpec.operations.create.operation)
  const [first, second] = await listKeys(sqlSpec)
  const sparkKeys = await listKeys(sparkSpec)
  expect((await send('deleteSqlTemplates', { sql_ids: [first, ...sparkKeys] })).status).toBe(200)
  expect([await listKeys(sqlSpec), await listKeys(sparkSpec)]).toEqual([[second], []])
  expect((await send('deleteSqlTemplates', { sql_ids: sparkKeys })).status).toBeGreaterThanOrEqual(400)
})

test('items have different keys, and a list has pages', async () => {
  const [, service, spec, operations] = resources.flat().find(([name]) => name === 'dli:flink-template') ?? []
  if (!service || !spec || !operations) throw new Error('no dli:flink-template')
  const { mock, create, getBody } = await setUp(service, spec, operations)
  const body = await getBody()
  for (let index = 0; index < 5; index++) await create({ ...body, name: `t${index}` })
  const url = `${mock.url('dli')}/v1.0/p/streaming/job-templates?limit=2&offset=2`
  const page = await (await fetch(url, { headers: { 'X-Auth-Token': 't' } })).json()
  const { template_list } = page as { template_list: { total_count: number; templates: Json[] } }
  expect(template_list.total_count).toBe(5)
  expect(template_list.templates.map(({ name }) => name)).toEqual(['t2', 't3'])
  expect(new Set(template_list.templates.map(({ template_id }) => template_id)).size).toBe(2)
})

test('a page that is requested with the key of an item starts after this item', async () => {
  const [, service, spec, operations] = resources.flat().find(([name]) => name === 'cs:job-template') ?? []
  if (!service || !spec || !operations) throw new Error('no cs:job-template')
  const { mock, create } = await setUp(service, spec, operations)
  for (let index = 0; index < 5; index++) await create({ name: `t${index}` })
  async function read(query: string) {
    const url = `${mock.url('cs')}/v1.0/p/job_templates?${query}`
    const page = await (await fetch(url, { headers: { 'X-Auth-Token': 't' } })).json()
    return readPointer(page, '/payload/templates') as { readonly name: string; readonly template_id: number }[]
  }
  const first = await read('limit=2')
  expect(first.map(({ name }) => name)).toEqual(['t0', 't1'])
  const second = await read(`limit=2&cursor=${first[1]?.template_id}`)
  expect(second.map(({ name }) => name)).toEqual(['t2', 't3'])
  expect((await read(`cursor=${second[1]?.template_id}`)).map(({ name }) => name)).toEqual(['t4'])
})
