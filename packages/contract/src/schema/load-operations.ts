import {
  type Bundle,
  type BundleOperation,
  formatPointerToken,
  listOperations,
  type MediaType,
  type ParameterObject,
  type Reference,
  type RequestBodyObject,
  type ResponseObject,
  readPointer,
} from '@jobscope/specs'
import type { BodyContract, OperationContract, ParameterContract, ResponseContract } from './operation.ts'
import { compileShape, type MarkedSchema, type Shape } from './shape.ts'
import { createValidators, type Validators } from './validators.ts'

/** The operations of a bundle, and the compiled schemas that they share. */
export interface LoadedOperations {
  readonly operations: readonly OperationContract[]
  readonly validators: Validators
  getShape(pointer: string): Shape
}

interface Marked {
  readonly 'x-gap'?: string | readonly string[]
}

interface Resolved<T> {
  readonly value: T
  /** JSON Pointer of the value in the bundle. */
  readonly pointer: string
  readonly gaps: readonly string[]
}

const getGaps = (value: unknown): readonly string[] => [(value as Marked)['x-gap'] ?? []].flat()

/** Prepares the operations of a bundle. Each schema is compiled when it is first used. */
export function loadOperations(service: string, bundle: Bundle): LoadedOperations {
  const validators = createValidators(bundle)
  const shapes = new Map<string, Shape>()
  const getShape = (pointer: string): Shape => {
    const shape = shapes.get(pointer) ?? compileShape(bundle, pointer)
    shapes.set(pointer, shape)
    return shape
  }

  /** Follows references. Returns the object, its pointer, and the gaps of the object and of the references to it. */
  function resolve<T>(pointer: string, outerGaps: readonly string[] = []): Resolved<T> {
    const value = readPointer(bundle, pointer) as T | Reference
    if (typeof value !== 'object' || value === null) return { value: value as T, pointer, gaps: outerGaps }
    const gaps = [...outerGaps, ...getGaps(value)]
    return '$ref' in value ? resolve<T>(value.$ref.slice(1), gaps) : { value, pointer, gaps }
  }

  function readBodies(content: { readonly [type: string]: MediaType } | undefined, pointer: string): BodyContract[] {
    return Object.entries(content ?? {}).flatMap(([mediaType, { schema }]) => {
      if (!schema) return []
      const place = `${pointer}/content/${formatPointerToken(mediaType)}/schema`
      const isJson = /json/.test(mediaType)
      return {
        mediaType,
        pointer: place,
        getValidator: createLazy(() => (isJson ? validators.getValidator(place) : validators.getTextValidator(place))),
        getShape: createLazy(() => compileShape(bundle, place)),
      }
    })
  }

  function readParameter({ value, pointer, gaps }: Resolved<ParameterObject>): ParameterContract {
    const place = `${pointer}/schema`
    const schema = resolve<MarkedSchema>(place).value as MarkedSchema | undefined
    return {
      name: value.name,
      in: value.in as ParameterContract['in'],
      isRequired: value.required === true,
      isArray: [schema?.type].flat().includes('array'),
      isNumber: [schema?.type].flat().every(type => type === 'integer' || type === 'number'),
      isJoined: value.explode === false || value.in !== 'query',
      place: pointer,
      gaps,
      getValidator: createLazy(() => validators.getTextValidator(place)),
      getShape: createLazy(() => compileShape(bundle, place)),
      seen: 0,
    }
  }

  function readParameters({ item, operation }: BundleOperation, pointer: string): Map<string, ParameterContract> {
    const pathPointer = pointer.slice(0, pointer.lastIndexOf('/'))
    const lists = [
      [item.parameters, pathPointer],
      [operation.parameters, pointer],
    ] as const
    const all = lists.flatMap(([list = [], owner]) =>
      [...list.keys()].map(index => {
        return readParameter(resolve<ParameterObject>(`${owner}/parameters/${index}`))
      }),
    )
    return new Map(all.map(one => [`${one.in} ${one.in === 'header' ? one.name.toLowerCase() : one.name}`, one]))
  }

  function readResponse(status: string, pointer: string): ResponseContract {
    const { value, pointer: place, gaps } = resolve<ResponseObject>(pointer)
    const headers = (value as { readonly headers?: { readonly [name: string]: object } }).headers ?? {}
    return {
      status,
      bodies: readBodies(value.content, place),
      headers: Object.keys(headers).map(name => {
        const header = resolve<ParameterObject>(`${place}/headers/${formatPointerToken(name)}`)
        return readParameter({ ...header, value: { ...header.value, name, in: 'header' } })
      }),
      gaps,
      seen: 0,
    }
  }

  function readOperation(each: BundleOperation): OperationContract {
    const { path, method, operation } = each
    const pointer = `/paths/${formatPointerToken(path)}/${method}`
    const parameters = readParameters(each, pointer)
    const pathNames = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name)
    const body = operation.requestBody && resolve<RequestBodyObject>(`${pointer}/requestBody`)
    return {
      service,
      id: operation.operationId ?? `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      pointer,
      isDeprecated: operation.deprecated === true,
      gaps: getGaps(operation),
      parameters,
      pathParameters: pathNames.map(name => parameters.get(`path ${name}`)),
      requiredQuery: [...parameters.values()].filter(one => one.in === 'query' && one.isRequired),
      headerParameters: [...parameters.values()].filter(one => one.in === 'header'),
      pathNames,
      pattern: new RegExp(
        `^${path
          .split(/\{[^}]+\}/)
          .map(escapeRegExp)
          .join('([^/]+)')}/?$`,
      ),
      request: body && {
        isRequired: body.value.required === true,
        bodies: readBodies(body.value.content, body.pointer),
      },
      responses: Object.keys(operation.responses ?? {}).map(status =>
        readResponse(status, `${pointer}/responses/${status}`),
      ),
      seen: 0,
    }
  }

  return { operations: listOperations(bundle).map(readOperation), validators, getShape }
}

/**
 * Returns a function that calls `create` once, when the value is first needed. Each operation creates its own shapes, because a shape
 * counts the fields and values in the traffic of one operation.
 */
function createLazy<T>(create: () => T): () => T {
  let value: T | undefined
  return () => {
    value ??= create()
    return value
  }
}

export const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
