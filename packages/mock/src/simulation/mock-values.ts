import { type MockValue, writePointer } from '@jobscope/specs'
import type { IHttpResponse } from '@stoplight/prism-http'
import { MAX_TIME } from './clock.ts'
import type { JobCall } from './job-call.ts'
import { getSuccessSchema } from './job-kind.ts'
import { getRequestValue } from './list-query.ts'
import { getProperty, getPropertyNames, isObject, isValidValue, parseAs, type Schema } from './schema.ts'
import { MAX_REQUEST_SIZE, shorten } from './shorten.ts'

/** A place in a response where the mock returns another value than the example. */
interface MockedPlace {
  readonly pointer: string
  readonly schema: Schema
  readonly source: MockValue
}

/** Writes the values that the spec declares (`x-mock-value`): the time of the clock, and values of the request. */
export function writeMockValues(call: JobCall, response: IHttpResponse, now: number): IHttpResponse {
  const places = findPlaces(getSuccessSchema(call.operation))
  if (!isObject(response.body) || places.length === 0) return response
  const body = structuredClone(response.body)
  for (const { pointer, schema, source } of places) {
    const value = source === 'now' ? now : shorten(getRequestValue(call, source.slice(1)), MAX_REQUEST_SIZE)
    const written = convert(value, schema)
    if (written !== undefined && isValidValue(schema, written)) writePointer(body, pointer, written)
  }
  return { ...response, body }
}

/** Converts a value of the request, or a time, to the type of the schema. A request may contain a date as a number. */
function convert(value: unknown, schema: Schema): unknown {
  if (schema.format === 'date-time' && /^\d{1,15}$/.test(String(value))) {
    const time = Number(value)
    return time < MAX_TIME ? new Date(time).toISOString() : undefined
  }
  return typeof value === 'string' ? parseAs(schema, value) : value
}

const placesBySchema = new WeakMap<Schema, readonly MockedPlace[]>()

function findPlaces(schema: Schema | undefined): readonly MockedPlace[] {
  if (!schema) return []
  const places = placesBySchema.get(schema) ?? findPlacesBelow(schema, '')
  placesBySchema.set(schema, places)
  return places
}

/** Finds the places in a schema and in its nested objects. Items of arrays keep the values of their example. */
function findPlacesBelow(schema: Schema, pointer: string): readonly MockedPlace[] {
  const source = schema['x-mock-value']
  if (source !== undefined) return [{ pointer, schema, source }]
  return getPropertyNames(schema).flatMap(name => {
    const property = getProperty(schema, name)
    return property ? findPlacesBelow(property, `${pointer}/${name}`) : []
  })
}
