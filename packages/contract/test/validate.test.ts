import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import { readBundle, type ServiceName, services } from '@jobscope/specs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, expect, test } from 'vitest'
import { compileValidators } from '../scripts/compile-validators.ts'
import type { ContractError } from '../src/validate/contract-error.ts'
import type { LoadValidators, ServiceValidators } from '../src/validate/precompiled.ts'
import { getStandardSchema } from '../src/validate/standard-schema.ts'
import { createValidator, type ValidatorOptions } from '../src/validate/validator.ts'
import { listSpecExchanges } from './spec-exchanges.ts'

const code = new Map<ServiceName, string>()
for (const service of services) code.set(service, await compileValidators(readBundle(service)))

const importCode = async (text: string): Promise<ServiceValidators> => {
  const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { validators: ServiceValidators }
  return module.validators
}

let loads = 0
const load: LoadValidators = service => {
  loads++
  return importCode(code.get(service as ServiceName) ?? '')
}

const mock = await createMock({ services: ['dli'] })
afterAll(() => mock.close())

/** Creates a client whose responses can be replaced by `change`. */
function createClient(options: ValidatorOptions, change: (body: Record<string, unknown>) => object = body => body) {
  const warnings: ContractError[] = []
  const sent: string[] = []
  const dli = createDliClient({
    endpoint: mock.url('dli'),
    projectId: 'p',
    credentials: token('t'),
    validate: createValidator({ onWarning: error => warnings.push(error), ...options }, load),
    fetch: async (url, init) => {
      sent.push(String(url))
      const response = await fetch(url, init)
      const body = change((await response.json()) as Record<string, unknown>)
      return new Response(JSON.stringify(body), { status: response.status, headers: response.headers })
    },
  })
  return { dli, warnings, sent }
}

const job = { file: 'obs://bucket/job.jar', className: 'Main' }
const breakTime = (body: Record<string, unknown>) => ({ ...body, create_time: 'yesterday' })

test('the validators of DLI have at most 16 kB after gzip', () => {
  expect(gzipSync(code.get('dli') ?? '', { level: 9 }).length).toBeLessThanOrEqual(16_000)
})

test('onDrift throw rejects a request before it is sent', async () => {
  const { dli, sent } = createClient({ onDrift: 'throw' })
  const result = dli.createBatch({ body: { ...job, className: 5 as never } })
  await expect(result).rejects.toMatchObject({ name: 'ContractError', side: 'request', operation: 'createBatch' })
  expect(sent).toEqual([])
})

test('onDrift throw rejects a call whose response does not fit the spec', async () => {
  const { dli } = createClient({ onDrift: 'throw' }, breakTime)
  await expect(dli.getBatch({ batch_id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e' })).rejects.toThrow(
    'getBatch: the response does not fit the spec: /create_time: expected type integer.',
  )
})

test('an integer outside the range of int32 does not fit the spec', async () => {
  const { dli } = createClient({ onDrift: 'throw' }, body => ({ ...body, from: 3_000_000_000 }))
  await expect(dli.listBatches()).rejects.toThrow(
    'listBatches: the response does not fit the spec: /from: expected a value of at most 2147483647.',
  )
})

test('an invalid response to a create request only causes a warning, because the job already exists', async () => {
  const { dli, warnings } = createClient({ onDrift: 'throw' }, breakTime)
  const { id } = await dli.createBatch({ body: job })
  expect(id).toEqual(expect.any(String))
  expect(warnings.map(({ operation, violations }) => [operation, violations])).toEqual([
    ['createBatch', [{ pointer: '/create_time', expected: 'type integer' }]],
  ])
})

test('with onDrift "warn", invalid requests are still sent, and invalid requests and responses cause warnings', async () => {
  const { dli, warnings, sent } = createClient({}, breakTime)
  await dli.createBatch({ body: { ...job, driverCores: -1 } }).catch(() => undefined)
  await dli.getBatch({ batch_id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e' })
  expect(sent).toHaveLength(2)
  expect(warnings.map(({ operation, side }) => [operation, side])).toEqual([
    ['createBatch', 'request'],
    ['getBatch', 'response'],
  ])
})

test('requests and responses that fit the spec cause no warning, and the validators are loaded once', async () => {
  const { dli, warnings } = createClient({ onDrift: 'throw' })
  const before = loads
  const { id } = await dli.createBatch({ body: job })
  await dli.getBatch({ batch_id: id })
  await expect(
    dli.getSqlJobStatus({ job_id: id }, { headers: { Prefer: 'code=200, example=getSqlJobStatus.failure' } }),
  ).rejects.toThrow()
  expect(warnings).toEqual([])
  expect(loads).toBe(before + 1)
})

/** Returns the files that a client loads for its validation. */
async function listLoadedFiles(...mode: readonly string[]): Promise<readonly string[]> {
  const program = fileURLToPath(new URL('validate/list-loaded-files.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program, mock.url('dli'), ...mode])
  return JSON.parse(stdout) as readonly string[]
}

test('a client without the option validate loads no file of this package', async () => {
  expect(await listLoadedFiles()).toEqual([])
  const files = await listLoadedFiles('validate')
  expect(files).toContain('/contract/dist/validate/generated/dli.js')
  expect(files.filter(file => !file.startsWith('/contract/dist/validate/'))).toEqual([])
})

test.each(services)(
  'the precompiled validators of %s accept the examples, and agree with ajv about broken ones',
  async service => {
    const bundle = readBundle(service)
    const validators = await importCode(code.get(service) ?? '')
    const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false, validateFormats: false })
    ajv.addSchema(bundle, 'spec')
    let compared = 0
    for (const { operation, status, value, path, method } of listSpecExchanges(service)) {
      const validate = validators[operation]?.[`${status}`]
      if (!validate || typeof value !== 'object' || value === null) continue
      expect([operation, validate(value), validate.errors]).toEqual([operation, true, null])
      const pointer = ['paths', path, method, 'responses', `${status}`]
      const place = `spec#/${pointer.map(name => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
      const broken = Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, Array.isArray(inner) ? {} : [inner]]),
      )
      const response = bundle.paths[path]?.[method as 'get']?.responses?.[`${status}`]
      if (!response || '$ref' in response) continue
      const reference = ajv.compile({ $ref: `${place}/content/application~1json/schema` })
      expect([operation, validate(broken)]).toEqual([operation, reference(broken)])
      compared++
    }
    expect(compared).toBeGreaterThan(2)
  },
)

test('a Standard Schema lists the issues of a body', async () => {
  const { '~standard': schema } = await getStandardSchema('dli', 'getBatch', 200, load)
  expect(schema).toMatchObject({ version: 1, vendor: 'jobscope' })
  expect(schema.validate({ id: 1 })).toEqual({
    issues: expect.arrayContaining([
      { message: 'Expected a value.', path: ['name'] },
      { message: 'Expected type string.', path: ['id'] },
    ]),
  })
  await expect(getStandardSchema('dli', 'getBatch', 299, load)).rejects.toThrow(
    'dli.getBatch has no JSON body for "299".',
  )
  await expect(getStandardSchema('nope' as 'dli', 'getBatch', 200)).rejects.toThrow(
    'service is "nope". Set it to one of cs, dli, iam, modelarts, res.',
  )
  await expect(getStandardSchema('dli', 'getBatches', 200, load)).rejects.toThrow(
    'operation is "getBatches". dli has no such operation with a JSON body.',
  )
})

test('the path of an issue has plain names, without the escape sequences of JSON Pointer', async () => {
  const validate = Object.assign(() => false, {
    errors: [
      { instancePath: '/a~1b/c~0d', keyword: 'minimum', params: { limit: 0 } },
      { instancePath: '/~01', keyword: 'required', params: { missingProperty: 'c~0/d' } },
      { instancePath: '/e', keyword: 'enum', params: { allowedValues: ['x', 'y'] } },
      { instancePath: '/f', keyword: 'const', params: { allowedValue: 'x' } },
    ],
  })
  const { '~standard': schema } = await getStandardSchema('dli', 'getBatch', 200, async () => ({
    getBatch: { 200: validate },
  }))
  expect(schema.validate({})).toEqual({
    issues: [
      { message: 'Expected a value of at least 0.', path: ['a/b', 'c~d'] },
      { message: 'Expected a value.', path: ['~1', 'c~0/d'] },
      { message: 'Expected one of x, y.', path: ['e'] },
      { message: 'Expected "x".', path: ['f'] },
    ],
  })
})

test('onDrift rejects every value except warn and throw', () => {
  const create = () => createValidator({ onDrift: 'explode' as 'throw' }, load)
  expect(create).toThrow("onDrift is \"explode\". Set it to 'warn' or 'throw'.")
  expect(() => createValidator(null as never, load)).toThrow('options is null. Pass an object such as')
})
