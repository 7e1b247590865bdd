import type { Operation } from '../material.ts'
import { withoutTransportHeaders } from '../transport-headers.ts'
import { flattenModel, flattenResponse, type Model } from './models.ts'

export interface GoService {
  /** Name and text of the file with the request definitions. */
  readonly file: string
  readonly definitions: string
  readonly models: ReadonlyMap<string, Model>
}

const definition = /^func GenReqDefFor(\w+)\(\).*?\{\n(.*?)^\}/gms

/** Reads the operations of a service in the vendor's Go SDK. */
export function readGoClient({ file, definitions, models }: GoService): Operation[] {
  return [...definitions.matchAll(definition)].flatMap(([, name = '', body = '']) => {
    const method = /WithMethod\(http\.Method(\w+)\)/.exec(body)?.[1]?.toUpperCase()
    const path = /WithPath\("([^"]+)"\)/.exec(body)?.[1]
    if (!method || !path) return []
    const response = /new\(model\.(\w+)\)/.exec(body)?.[1] ?? ''
    const members = models.get(`${name}Request`)?.members ?? []
    const listParameters = (location: string) => {
      const definitions = body.matchAll(
        new RegExp(`WithJsonTag\\("([^"]+)"\\)\\.\\s+WithLocationType\\(def\\.${location}\\)`, 'g'),
      )
      const names = new Set([...definitions].map(match => match[1]))
      return members
        .filter(member => names.has(member.name))
        .map(({ name: id, type, required, values }) => ({
          path: id,
          type,
          values,
          ...(required !== undefined && { required }),
        }))
    }
    const bodyModel = members.find(member => member.name === 'body')?.model
    return {
      method,
      path,
      title: name,
      page: name,
      file,
      deprecated: false,
      query: listParameters('Query'),
      header: withoutTransportHeaders(listParameters('Header')),
      request: bodyModel ? flattenModel(models, bodyModel) : [],
      response: flattenResponse(models, response),
      examples: [],
    }
  })
}
