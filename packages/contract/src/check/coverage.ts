import type { OperationContract } from '../schema/operation.ts'
import type { ServiceContract } from '../schema/service-contract.ts'
import type { Shape } from '../schema/shape.ts'

/** A part of the specs, and how often the traffic used it. */
export interface Used {
  readonly name: string
  readonly count: number
}

/** What the traffic used of one operation. */
export interface OperationCoverage {
  readonly operation: string
  readonly count: number
  /** Each `name` is the location and the name of a parameter, such as `query size`. */
  readonly parameters: readonly Used[]
  readonly requestFields: readonly Used[]
  readonly responseFields: readonly Used[]
  readonly statuses: readonly Used[]
  readonly errorCodes: readonly Used[]
}

/** Which parts of the spec of one service the traffic used, and which it did not use. */
export interface ServiceCoverage {
  readonly service: string
  readonly operations: readonly OperationCoverage[]
  readonly unusedOperations: readonly string[]
  /** Job states by kind. `count` is the number of jobs in responses. */
  readonly states: readonly {
    readonly kind: string
    readonly used: readonly Used[]
    readonly unused: readonly string[]
  }[]
  /** JSON Pointers of all parts of the spec that requests used. Each `$ref` is resolved, so no pointer contains a `$ref`. */
  readonly requestPointers: readonly string[]
  /** Like `requestPointers`, for responses. */
  readonly responsePointers: readonly string[]
  readonly totals: CoverageTotals
}

/** For operations, parameters and other parts of a spec: how many are documented, and how many of them the traffic used. */
export interface CoverageTotals {
  readonly operations: Ratio
  readonly parameters: Ratio
  readonly fields: Ratio
  readonly states: Ratio
  readonly errorCodes: Ratio
}

export interface Ratio {
  readonly used: number
  readonly total: number
}

/** How often each error code was seen, by operation. */
export type ErrorCodeCounts = ReadonlyMap<OperationContract, ReadonlyMap<string, number>>

export function computeCoverage(service: ServiceContract, errorCodes: ErrorCodeCounts): ServiceCoverage {
  const used = service.operations.filter(operation => operation.seen > 0)
  const operations = used.map(operation => coverOperation(operation, errorCodes.get(operation)))
  const requestPointers = new Set<string>()
  const responsePointers = new Set<string>()
  for (const operation of used) {
    collectRequestPointers(operation, requestPointers)
    collectResponsePointers(operation, responsePointers)
  }
  if (service.errors.failure?.schema) addShape(service.getShape('/x-errors/failure/schema'), responsePointers)
  const states = [...service.states].map(([kind, { known, counts }]) => ({
    kind,
    used: toUsed(counts),
    unused: [...known].filter(state => !counts.has(state)),
  }))
  const marks = [...service.states.values()]
  const codes = new Set(operations.flatMap(({ errorCodes }) => errorCodes.map(({ name }) => name.toLowerCase())))
  const knownCodes = [...codes].filter(code => service.errorCodes.has(code))
  return {
    service: service.name,
    operations,
    unusedOperations: service.operations.filter(operation => operation.seen === 0).map(({ id }) => id),
    states,
    requestPointers: [...requestPointers].sort(),
    responsePointers: [...responsePointers].sort(),
    totals: {
      operations: { used: used.length, total: service.operations.length },
      parameters: {
        used: operations.reduce((sum, { parameters }) => sum + parameters.length, 0),
        total: used.reduce((sum, { parameters }) => sum + parameters.size, 0),
      },
      fields: {
        used: operations.reduce((sum, each) => sum + each.requestFields.length + each.responseFields.length, 0),
        total: used.reduce((sum, operation) => sum + countFields(operation), 0),
      },
      states: {
        used: marks.reduce((sum, { known, counts }) => sum + [...known].filter(state => counts.has(state)).length, 0),
        total: marks.reduce((sum, { known }) => sum + known.size, 0),
      },
      errorCodes: { used: knownCodes.length, total: service.errorCodes.size },
    },
  }
}

const toUsed = (counts: ReadonlyMap<string, number>): Used[] =>
  [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => (a.name < b.name ? -1 : 1))

function coverOperation(
  operation: OperationContract,
  errorCodes: ReadonlyMap<string, number> = new Map(),
): OperationCoverage {
  const parameters = [...operation.parameters].filter(([, { seen }]) => seen > 0)
  const responses = operation.responses.filter(({ seen }) => seen > 0)
  return {
    operation: operation.id,
    count: operation.seen,
    parameters: parameters.map(([name, { seen }]) => ({ name, count: seen })),
    requestFields: (operation.request?.bodies ?? []).flatMap(body => listFields(body.getShape(), true)),
    responseFields: responses
      .filter(({ status }) => status.startsWith('2'))
      .flatMap(({ bodies }) => bodies.flatMap(body => listFields(body.getShape(), true))),
    statuses: responses.map(({ status, seen }) => ({ name: status, count: seen })),
    errorCodes: toUsed(errorCodes),
  }
}

/** Lists the JSON Pointers of all fields of a shape. In a pointer, `*` stands for the items of an array. */
function listFields(root: Shape, onlySeen: boolean): Used[] {
  const fields: Used[] = []
  visitShapes(root, '', (shape, pointer) => {
    if (pointer !== '' && !pointer.endsWith('/*') && (!onlySeen || shape.seen > 0)) {
      fields.push({ name: pointer, count: shape.seen })
    }
  })
  return fields
}

const countFields = (operation: OperationContract): number =>
  [
    ...(operation.request?.bodies ?? []),
    ...operation.responses.filter(({ status }) => status.startsWith('2')).flatMap(({ bodies }) => bodies),
  ].reduce((sum, body) => sum + listFields(body.getShape(), false).length, 0)

/** Visits a shape and all shapes in it, each once. */
export function visitShapes(
  shape: Shape,
  pointer: string,
  visit: (shape: Shape, pointer: string) => void,
  visited = new Set<Shape>(),
): void {
  if (visited.has(shape)) return
  visited.add(shape)
  visit(shape, pointer)
  for (const [name, inner] of shape.properties ?? []) visitShapes(inner, `${pointer}/${name}`, visit, visited)
  if (shape.items) visitShapes(shape.items, `${pointer}/*`, visit, visited)
  if (shape.rest) visitShapes(shape.rest, `${pointer}/*`, visit, visited)
}

/** Collects the pointers of everything that the requests of an operation used. */
function collectRequestPointers({ pointer, parameters, request }: OperationContract, pointers: Set<string>): void {
  pointers.add(pointer)
  for (const { seen, place, getShape } of parameters.values()) {
    if (seen === 0) continue
    pointers.add(place)
    addShape(getShape(), pointers)
  }
  for (const body of request?.bodies ?? []) addShape(body.getShape(), pointers)
}

/** Collects the pointers of everything that the responses of an operation used. */
function collectResponsePointers({ pointer, responses }: OperationContract, pointers: Set<string>): void {
  pointers.add(pointer)
  for (const { status, seen, bodies } of responses) {
    if (seen === 0) continue
    pointers.add(`${pointer}/responses/${status}`)
    for (const body of bodies) addShape(body.getShape(), pointers)
  }
}

/** Adds the pointers of all parts of a shape that the traffic used. */
function addShape(root: Shape, pointers: Set<string>): void {
  visitShapes(root, '', ({ seen, places }) => {
    if (seen > 0) for (const place of places) pointers.add(place)
  })
}
