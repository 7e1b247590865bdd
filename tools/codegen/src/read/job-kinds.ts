import type { JobKind } from '@jobscope/core'
import {
  defaultFirst,
  type JobKindSpec,
  type JobKindSpecs,
  type JobOperation,
  type JobStateRule,
} from '@jobscope/specs'
import { SpecError } from '../spec-error.ts'
import type { Json } from './document.ts'
import { omitUndefined } from './omit-undefined.ts'
import type { Parameter } from './parameter.ts'

/** A kind of job: its entry in `x-jobs`, and the table that the clients include. */
export interface JobKindModel {
  readonly name: string
  readonly title: string
  /** The `JobKind` of core. It contains no descriptions and no data that only the mock needs. */
  readonly table: JobKind
}

/** The parameters of an operation, or undefined if the spec has no such operation. */
type Parameters = (operationId: string) => readonly Parameter[] | undefined

/**
 * Reads `x-jobs`. The linter has validated `x-jobs` against a JSON Schema. This function makes the checks that a JSON Schema cannot
 * express.
 */
export function readJobKinds(kinds: JobKindSpecs = {}, parameters: Parameters): JobKindModel[] {
  return Object.entries(kinds).map(([name, kind]) => {
    const where = `x-jobs.${name}`
    const table = readTable(kind, parameters)
    checkOperations(table, where, parameters)
    checkKeyCovers(table, where, parameters)
    return { name, title: kind.title, table }
  })
}

function readTable(kind: JobKindSpec, parameters: Parameters): JobKind {
  const { key, operations, list = {}, fields, polling, endsByItself, states } = kind
  const { get, progress, logs } = operations
  const { args, sortedBy, each } = list
  const missing = (operation: string) => missingParts(key, parameters(operation))
  const action = (calls: readonly JobOperation[] | undefined) => {
    const call = defaultFirst(calls)[0]
    if (!call) return undefined
    const { operation, args, body } = call
    const without = missing(operation)
    return omitUndefined({ operation, args, body, without: without.length > 0 ? without : undefined })
  }
  const create = defaultFirst(operations.create).map(({ operation, at }) => [operation, at] as const)
  return omitUndefined({
    key,
    get: omitUndefined({ operation: get.operation, at: get.at, find: get.find ? missing(get.operation) : undefined }),
    list: operations.list && omitUndefined({ ...operations.list, args, sortedBy, each }),
    create: create.length > 0 ? Object.fromEntries(create) : undefined,
    start: action(operations.start),
    cancel: action(operations.cancel),
    progress,
    logs: logs && withoutCoverage(logs),
    fields,
    polling,
    endsByItself: endsByItself === false ? false : undefined,
    states: Object.fromEntries(Object.entries(states).map(([rawState, rule]) => [rawState, compactState(rule)])),
  }) as unknown as JobKind
}

/** Removes `coverage`, the text that describes which part of a log can be read. Only the documentation and `jobscope logs` show it. */
function withoutCoverage({ coverage: _, ...rules }: NonNullable<JobKindSpec['operations']['logs']>) {
  return rules
}

/**
 * Returns the parts of a key that are not parameters of the operation. Such a part selects an item of a list, or is in the body of an
 * action.
 */
function missingParts(key: JobKindSpec['key'], taken: readonly Parameter[] = []): string[] {
  return Object.keys(key).filter(name => !taken.some(parameter => parameter.name === name))
}

/** Returns `'running'` for `{ is: running, description: … }`. If the state has `settle` or `stable`, returns an object. */
function compactState({ is, settle, settleFrom, stable }: JobStateRule): Json {
  if (settle === undefined && stable !== true) return is
  return omitUndefined({ is, settle, settleFrom, stable: stable === true ? true : undefined })
}

function checkOperations(table: JobKind, where: string, parameters: Parameters): void {
  const { get, list, create = {}, start, cancel, progress, logs } = table
  const named = [get, list, start, cancel, progress, logs].flatMap(call => (call ? [`${call['operation']}`] : []))
  for (const operation of [...named, ...Object.keys(create)]) {
    if (!parameters(operation))
      throw new SpecError(where, `the operation '${operation}' does not exist`, 'Correct or remove it')
  }
}

/** Every path parameter of `get` must be part of the key. Otherwise the client could not get the job. */
function checkKeyCovers({ key, get }: JobKind, where: string, parameters: Parameters): void {
  for (const { name, in: place, fromClient } of parameters(get.operation) ?? []) {
    if (place === 'path' && !fromClient && key[name] === undefined) {
      throw new SpecError(`${where}.key`, `'${name}', a path parameter of ${get.operation}, is missing`, 'Add it')
    }
  }
}
