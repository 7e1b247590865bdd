import {
  type Bundle,
  readBundle,
  readFirstPointer,
  resolveReference,
  type Schema,
  type ServiceName,
  services,
  writePointer,
} from '@jobscope/specs'
import type { Rule } from '../src/check/rules.ts'
import type { OperationContract } from '../src/schema/operation.ts'
import { createServiceContract, type ServiceContract } from '../src/schema/service-contract.ts'
import type { Shape } from '../src/schema/shape.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { listSpecExchanges, type SpecExchange } from './spec-exchanges.ts'

/** An exchange with at most one injected deviation. */
export interface InjectedExchange {
  readonly exchange: Exchange
  /** The rule that must report the deviation. `undefined` if the exchange has no deviation. */
  readonly rule: Rule | undefined
}

/** A documented exchange with the data that an injection needs. */
interface Base extends SpecExchange {
  readonly contract: ServiceContract
  readonly bundle: Bundle
  readonly called: OperationContract
}

/** Changes a documented exchange. Returns `undefined` if the deviation does not apply to it. */
type Injection = (base: Base) => Exchange | undefined

/** Replaces parts of a response. */
const respond = ({ exchange }: Base, changes: object): Exchange => ({
  ...exchange,
  response: { ...exchange.response, ...changes },
})

const respondWith = (base: Base, value: unknown): Exchange => respond(base, { body: JSON.stringify(value) })

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const getResponseShape = ({ called, status }: Base): Shape | undefined =>
  called.responses.find(response => response.status === `${status}`)?.bodies[0]?.getShape()

function getResponseSchema(base: Base): Schema | undefined {
  const response = base.called.responses.find(each => each.status === `${base.status}`)
  const pointer = response?.bodies[0]?.pointer
  return pointer === undefined ? undefined : resolveReference<Schema>(base.bundle, { $ref: `#${pointer}` })
}

const isClosed = (shape: Shape | undefined): boolean =>
  shape?.properties !== undefined && !shape.isOpen && shape.rest === undefined

/** Finds the first value in a body for which `fits` returns true. Returns the pointer to this value. */
function findPlace(
  shape: Shape | undefined,
  value: unknown,
  fits: (shape: Shape, value: unknown) => boolean,
  pointer = '',
): string | undefined {
  if (shape === undefined) return undefined
  if (fits(shape, value)) return pointer
  if (Array.isArray(value)) return findPlace(shape.items, value[0], fits, `${pointer}/0`)
  if (!isRecord(value)) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const found = findPlace(shape.properties?.get(name), inner, fits, `${pointer}/${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

function replaceAt(base: Base, pointer: string | undefined, replacement: unknown): Exchange | undefined {
  if (pointer === undefined || pointer === '') return undefined
  const copy = structuredClone(base.value) as { [name: string]: unknown }
  writePointer(copy, pointer, replacement)
  return respondWith(base, copy)
}

const isSuccess = ({ status }: Base): boolean => status < 300

/** For each rule: a change of an exchange that the rule must report. */
export const injections: { readonly [rule in Rule]: Injection } = {
  'unknown-operation': ({ exchange }) => {
    const [path, query = ''] = exchange.request.url.split('?')
    return { ...exchange, request: { ...exchange.request, url: `${path}/a/b/undocumented?${query}` } }
  },
  'undocumented-parameter': base => {
    if (!isSuccess(base)) return undefined
    const { url } = base.exchange.request
    const request = { ...base.exchange.request, url: `${url}${url.includes('?') ? '&' : '?'}undocumented=1` }
    return { ...base.exchange, request }
  },
  'undocumented-request-field': base => {
    const { request } = base.exchange
    const body = base.called.request?.bodies[0]
    if (!isSuccess(base) || !body?.mediaType.includes('json') || !isClosed(body.getShape())) return undefined
    const value = { ...(JSON.parse(request.body ?? '{}') as object), undocumentedField: true }
    return { ...base.exchange, request: { ...request, body: JSON.stringify(value) } }
  },
  'undocumented-response-field': base =>
    isSuccess(base) && isClosed(getResponseShape(base)) && isRecord(base.value)
      ? respondWith(base, { ...base.value, undocumentedField: 'x' })
      : undefined,
  'undocumented-status': base => respond(base, { status: 418 }),
  'undocumented-content-type': base =>
    base.value === undefined
      ? undefined
      : respond(base, { headers: { ...base.exchange.response.headers, 'content-type': 'text/html' } }),
  'wrong-type': base => {
    if (!isSuccess(base)) return undefined
    const place = findPlace(
      getResponseShape(base),
      base.value,
      (shape, value) => typeof value === 'number' && !shape.isLimited,
    )
    return replaceAt(base, place, ['wrong'])
  },
  'unknown-enum-value': base => {
    if (!isSuccess(base)) return undefined
    const place = findPlace(
      getResponseShape(base),
      base.value,
      ({ known, state }, value) => known !== undefined && state === undefined && typeof value === 'string',
    )
    return replaceAt(base, place, 'not-documented')
  },
  'unknown-job-state': base => {
    if (!isSuccess(base)) return undefined
    const fits = ({ state }: Shape, value: unknown) => state !== undefined && typeof value === 'string'
    return replaceAt(base, findPlace(getResponseShape(base), base.value, fits), 'hibernating')
  },
  'unknown-error-code': base => {
    const { code: pointers } = base.contract.errors
    const code = readFirstPointer(base.value, pointers)
    if (base.status < 400 || typeof code !== 'string') return undefined
    const unknown = code.replace(/\d/g, '7')
    const pointer = pointers.find(each => readFirstPointer(base.value, [each]) === code)
    return base.contract.errorCodes.has(unknown.toLowerCase()) ? undefined : replaceAt(base, pointer, unknown)
  },
  'missing-required-field': base => {
    const schema = getResponseSchema(base)
    const name = schema?.required?.findLast(each => !['is_success', 'error_code'].includes(each))
    if (!isSuccess(base) || name === undefined || !isRecord(base.value) || !(name in base.value)) return undefined
    const { [name]: _, ...rest } = base.value
    return respondWith(base, rest)
  },
  'deprecated-operation': ({ called, exchange }) => (called.isDeprecated ? exchange : undefined),
}

function listBases(service: ServiceName): readonly Base[] {
  const bundle = readBundle(service)
  const contract = createServiceContract(service, bundle)
  return listSpecExchanges(service).flatMap(each => {
    const called = contract.operations.find(({ id }) => id === each.operation)
    return called ? [{ ...each, contract, bundle, called }] : []
  })
}

/**
 * Creates a generator of pseudorandom numbers below 1. The same seed always generates the same numbers, so the traffic is always the same.
 */
function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/**
 * Generates traffic of all services. Every tenth exchange has one deviation, and each rule is injected equally often.
 */
export function* generateTraffic(count: number, seed: number): Generator<InjectedExchange> {
  const random = createRandom(seed)
  const bases = services.flatMap(listBases)
  const documented = bases.filter(({ called }) => !called.isDeprecated)
  const variants = (Object.entries(injections) as [Rule, Injection][]).map(([rule, inject]) => {
    const candidates = rule === 'deprecated-operation' ? bases : documented
    return candidates.flatMap(base => {
      const exchange = inject(base)
      return exchange ? [{ exchange, rule }] : []
    })
  })
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  for (let index = 0; index < count; index++) {
    if (index % 10 === 9) yield pick(variants[Math.floor(index / 10) % variants.length] ?? [])
    else yield { exchange: pick(documented).exchange, rule: undefined }
  }
}
