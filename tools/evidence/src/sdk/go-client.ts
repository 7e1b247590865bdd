import type { Operation } from '../material.ts'
import { flattenModel, flattenResponse, type Model } from './models.ts'

export interface GoService {
  /** Name of the file with the request definitions, and its text. */
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
    const queryNames = new Set(
      [...body.matchAll(/WithJsonTag\("([^"]+)"\)\.\s+WithLocationType\(def\.Query\)/g)].map(match => match[1]),
    )
    const bodyModel = members.find(member => member.name === 'body')?.model
    return {
      method,
      path,
      title: name,
      page: name,
      file,
      deprecated: false,
      query: members
        .filter(member => queryNames.has(member.name))
        .map(({ name: id, type, required, values }) => ({
          path: id,
          type,
          values,
          ...(required !== undefined && { required }),
        })),
      request: bodyModel ? flattenModel(models, bodyModel) : [],
      response: flattenResponse(models, response),
      examples: [],
    }
  })
}
