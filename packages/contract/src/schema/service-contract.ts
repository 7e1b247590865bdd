import {
  type Bundle,
  type ErrorsSpec,
  listJobViews,
  listOperations,
  parsePointer,
  readFirstPointer,
  resolveReference,
} from '@jobscope/specs'
import { matchesFailure } from '@jobscope/specs/matches-failure'
import { loadOperations } from './load-operations.ts'
import type { OperationContract } from './operation.ts'
import type { Shape, StateMark } from './shape.ts'
import { collectWords, type SpecWords } from './spec-words.ts'
import type { Validators } from './validators.ts'

/** The data about a service that a check needs. */
export interface ServiceContract {
  readonly name: string
  readonly bundle: Bundle
  readonly operations: readonly OperationContract[]
  readonly validators: Validators
  readonly errors: ErrorsSpec
  /** Whether a body of a 2xx response reports a failure. */
  readonly reportsFailure: (body: unknown) => boolean
  /** All documented error codes, in lower case. */
  readonly errorCodes: ReadonlySet<string>
  /** Statuses that the gateway sends for any operation. */
  readonly gatewayStatuses: ReadonlySet<number>
  /** The states of each job kind, by the name of the kind. */
  readonly states: ReadonlyMap<string, StateMark>
  getShape(pointer: string): Shape
  /** The words of the spec. They are collected in the first call. */
  getWords(): SpecWords
}

const noErrors: ErrorsSpec = { code: [], message: [], kinds: {} }

/** Prepares the bundle of a service for checks. */
export function createServiceContract(name: string, bundle: Bundle): ServiceContract {
  const { operations, validators, getShape } = loadOperations(name, bundle)
  const errors = bundle['x-errors'] ?? noErrors
  let words: SpecWords | undefined
  return {
    name,
    bundle,
    operations,
    validators,
    errors,
    reportsFailure: body => errors.failure !== undefined && matchesFailure(errors.failure, body),
    errorCodes: collectErrorCodes(bundle, errors),
    gatewayStatuses: new Set(Object.keys(errors.status ?? {}).map(Number)),
    states: markStates(bundle, operations),
    getShape,
    getWords() {
      words ??= collectWords(bundle)
      return words
    },
  }
}

const lowerCaseSet = (texts: readonly string[]): Set<string> => new Set(texts.map(text => text.toLowerCase()))

/** Codes are in `x-errors`, and in the examples of error responses. */
function collectErrorCodes(bundle: Bundle, { code, kinds, status = {} }: ErrorsSpec): ReadonlySet<string> {
  const codes = lowerCaseSet([...Object.values(kinds), ...Object.values(status)].flat())
  for (const { operation } of listOperations(bundle)) {
    for (const each of Object.values(operation.responses ?? {})) {
      for (const { examples = {} } of Object.values(resolveReference(bundle, each).content ?? {})) {
        for (const example of Object.values(examples)) {
          const found = readFirstPointer(resolveReference(bundle, example).value, code)
          if (found !== undefined) codes.add(String(found).toLowerCase())
        }
      }
    }
  }
  return codes
}

/** Marks the places of job states in the responses of all operations that return jobs. */
function markStates(bundle: Bundle, operations: readonly OperationContract[]): ReadonlyMap<string, StateMark> {
  const marks = new Map<string, StateMark>()
  const byId = new Map(operations.map(operation => [operation.id, operation]))
  for (const { kind, spec, operation, at } of listJobViews(bundle)) {
    const known = lowerCaseSet(Object.keys(spec.states))
    const mark = marks.get(kind) ?? { kind, known, counts: new Map<string, number>() }
    marks.set(kind, mark)
    const places = parsePointer(at + spec.fields.state)
    for (const response of byId.get(operation)?.responses ?? []) {
      if (!response.status.startsWith('2')) continue
      for (const body of response.bodies) markPlace(body.getShape(), places, mark)
    }
  }
  return marks
}

function markPlace(root: Shape, path: readonly string[], mark: StateMark): void {
  const [name, ...rest] = path
  if (root.items) {
    markPlace(root.items, path, mark)
    return
  }
  if (name === undefined) {
    root.state ??= mark
    return
  }
  const inner = root.properties?.get(name)
  if (inner) markPlace(inner, rest, mark)
}
