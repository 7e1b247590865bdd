import type { Bundle, OperationObject, RequestBodyObject, ResponseObject, Schema } from '../openapi.ts'
import { formatPointerToken } from '../pointer.ts'
import type { SpecChange } from './change.ts'
import { type CompareContext, compareSchemas, type SchemaPlace } from './compare-schemas.ts'
import { follow } from './follow.ts'

/** An operation, and its JSON Pointer. */
interface OperationPlace {
  readonly pointer: string
  readonly operation: OperationObject
}

/** Compares two versions of the request body of an operation. */
export function compareRequestBody(
  id: string,
  { pointer }: OperationPlace,
  current: OperationPlace,
  context: CompareContext,
): void {
  const { before, after, report } = context
  const base = { subject: 'operation', direction: 'request', pointer, owner: pointer } as const
  const place = '/requestBody'
  const was = follow<RequestBodyObject | undefined>(before, pointer + place).value
  const is = follow<RequestBodyObject | undefined>(after, current.pointer + place).value
  if (is && !was) {
    const kind = is.required ? 'required' : 'optional'
    report({ ...base, size: is.required ? 'breaking' : 'additive', what: `${id}: the ${kind} request body is new.` })
    return
  }
  if (is?.required && !was?.required) {
    report({ ...base, size: 'breaking', what: `${id}: the request body is now required.` })
  }
  compareContent(id, pointer + place, current.pointer + place, 'request', context)
}

/** Compares two versions of the responses of an operation. */
export function compareResponses(
  id: string,
  old: OperationPlace,
  current: OperationPlace,
  context: CompareContext,
): void {
  const reportStatus = (size: SpecChange['size'], status: string, owner: string, change: 'new' | 'removed') => {
    const pointer = `${owner}/responses/${status}`
    const what = `${id}: the status ${status} is ${change}.`
    context.report({ size, subject: 'status', direction: 'response', pointer, owner: old.pointer, what })
  }
  const statuses = Object.keys(old.operation.responses ?? {})
  for (const status of statuses) {
    const place = `/responses/${status}`
    if (current.operation.responses?.[status]) {
      compareContent(id, old.pointer + place, current.pointer + place, 'response', context)
    } else reportStatus('breaking', status, old.pointer, 'removed')
  }
  for (const status of Object.keys(current.operation.responses ?? {})) {
    if (!statuses.includes(status)) reportStatus('additive', status, current.pointer, 'new')
  }
}

/** Compares the media types and schemas of two versions of a request body or a response. */
function compareContent(
  id: string,
  old: string,
  current: string,
  direction: SpecChange['direction'],
  context: CompareContext,
): void {
  const [was, is] = [getSchemas(context.before, old), getSchemas(context.after, current)]
  const base = { subject: 'operation', direction } as const
  for (const [type, place] of was) {
    const next = is.get(type)
    const { pointer } = place
    const what = `${id}: the ${direction} with the media type ${type} is removed.`
    if (next) compareSchemas(place, next, direction, context)
    else context.report({ ...base, size: 'breaking', pointer, owner: pointer, what })
  }
  for (const [type, { pointer }] of is) {
    const what = `${id}: the ${direction} with the media type ${type} is new.`
    if (!was.has(type)) context.report({ ...base, size: 'additive', pointer, owner: old, what })
  }
}

/** The places of the schemas of a request body or a response, by media type. */
function getSchemas(bundle: Bundle, pointer: string): ReadonlyMap<string, SchemaPlace> {
  const { value, pointer: place } = follow<RequestBodyObject | ResponseObject | undefined>(bundle, pointer)
  return new Map(
    Object.entries(value?.content ?? {}).flatMap(([type, { schema }]: [string, { schema?: Schema }]) =>
      schema ? [[type, { pointer: `${place}/content/${formatPointerToken(type)}/schema` }]] : [],
    ),
  )
}
