import { SpecError } from '../spec-error.ts'
import type { Document } from './document.ts'

/** Path parameters that the client can fill in, each with the name of the client's option. */
export type ClientParameters = { readonly [parameter: string]: string }

/** Parameters that every client can fill in. */
const always: ClientParameters = { project_id: 'projectId' }

/** The parameters of every client and those in `x-client-parameters`. */
export function readClientParameters(document: Document): ClientParameters {
  const own = document['x-client-parameters'] ?? {}
  const where = 'x-client-parameters'
  for (const [parameter, option] of Object.entries(own)) {
    if (always[parameter] !== undefined || Object.values(always).includes(option)) {
      throw new SpecError(`${where}.${parameter}`, 'every client has this option', 'Remove the line')
    }
    if (!Object.keys(document.paths).some(path => path.includes(`{${parameter}}`))) {
      throw new SpecError(`${where}.${parameter}`, 'no path has this parameter', 'Correct the name')
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
