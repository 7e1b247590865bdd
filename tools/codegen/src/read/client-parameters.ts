import { SpecError } from '../spec-error.ts'
import type { Document } from './document.ts'

/** Path parameters that calls may leave to the client, by name, each with the client's option that holds it. */
export type ClientParameters = { readonly [parameter: string]: string }

/** What every client knows. */
const always: ClientParameters = { project_id: 'projectId' }

/** `x-client-parameters` of the root, besides what every client knows. */
export function readClientParameters(document: Document): ClientParameters {
  const own = document['x-client-parameters'] ?? {}
  const where = 'x-client-parameters'
  for (const [parameter, option] of Object.entries(own)) {
    if (always[parameter] !== undefined || Object.values(always).includes(option)) {
      throw new SpecError(`${where}.${parameter}`, 'every client has that one', 'Remove the line')
    }
    if (!Object.keys(document.paths).some(path => path.includes(`{${parameter}}`))) {
      throw new SpecError(`${where}.${parameter}`, 'no path has such a parameter', 'Correct the name')
    }
  }
  return { ...always, ...own }
}

/** The options that only this service's client has, each with its parameter. */
export function getOwnOptions(parameters: ClientParameters): [option: string, parameter: string][] {
  return Object.entries(parameters).flatMap(([parameter, option]): [string, string][] =>
    always[parameter] === undefined ? [[option, parameter]] : [],
  )
}
