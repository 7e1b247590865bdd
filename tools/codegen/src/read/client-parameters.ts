import { SpecError } from '../spec-error.ts'
import type { Document } from './document.ts'

/** Path parameters that the client can fill in. Each value is the name of the client option. */
export type ClientParameters = { readonly [parameter: string]: string }

/** Parameters that every client can fill in. */
const always: ClientParameters = { project_id: 'projectId' }

/** Returns the parameters of every client and the parameters in `x-client-parameters`. */
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

/** Returns the options that only the client of this service has, each with the name of its parameter. */
export function getOwnOptions(parameters: ClientParameters): [option: string, parameter: string][] {
  return Object.entries(parameters).flatMap(([parameter, option]): [string, string][] =>
    always[parameter] === undefined ? [[option, parameter]] : [],
  )
}
