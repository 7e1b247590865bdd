import { SpecError } from '../spec-error.ts'
import { getAllArgsName, getArgsName } from '../text/names.ts'
import { type ClientParameters, readClientParameters } from './client-parameters.ts'
import type { Document, Schema } from './document.ts'
import { type ErrorRules, readErrorRules } from './error-rules.ts'
import { type JobKindModel, readJobKinds } from './job-kinds.ts'
import { type Operation, readOperations } from './operation.ts'
import { addReturnedData } from './returned-data.ts'
import { readSecrets } from './secrets.ts'
import { type Cloud, readServers } from './servers.ts'

/** The validated model of a service. The emitters use this model. */
export interface Service {
  /** Name of the spec's folder, of the package and of the variable in samples, such as `modelarts`. */
  readonly name: string
  /** Prefix of generated names: `ModelArts`. */
  readonly prefix: string
  readonly document: Document
  readonly clouds: { readonly [cloud: string]: Cloud }
  readonly operations: readonly Operation[]
  readonly clientParameters: ClientParameters
  readonly schemas: { readonly [name: string]: Schema }
  readonly jobs: readonly JobKindModel[]
  readonly errors: ErrorRules
  /** Names of the secret properties of request bodies. */
  readonly secrets: readonly string[]
}

export function readService(name: string, document: Document): Service {
  const prefix = document['x-client-name']
  if (!prefix || !/^[A-Z][A-Za-z0-9]*$/.test(prefix)) {
    throw new SpecError(
      'x-client-name',
      'missing or not in PascalCase',
      'Add it to the root of openapi.yaml, as in x-client-name: ModelArts',
    )
  }
  const clientParameters = readClientParameters(document)
  const operations = readOperations(document, clientParameters)
  const schemas = document.components?.schemas ?? {}
  checkTypeNames(Object.keys(schemas), prefix, operations)
  const parameters = (id: string) => operations.find(operation => operation.id === id)?.parameters
  const jobs = readJobKinds(document['x-jobs'], parameters)
  const errors = readErrorRules(document['x-errors'])
  return {
    name,
    prefix,
    document,
    clouds: readServers(document.servers),
    operations: addReturnedData(operations, { document, jobs, errors }),
    clientParameters,
    schemas,
    jobs,
    errors,
    secrets: readSecrets(
      document,
      operations.flatMap(({ body }) => body?.schema ?? []),
    ),
  }
}

/** Names, including globals, that the code of the emitted modules already uses. */
const reserved = [
  'Blob',
  'CallOptions',
  'List',
  'ListOf',
  'Omit',
  'Partial',
  'Pick',
  'Promise',
  'Record',
  'Schema',
  'WaitOptions',
  'WithRequired',
  'components',
  'operations',
  'paths',
]

/** Schemas become exported types of the package, so their names must differ from the names of other generated types. */
function checkTypeNames(names: readonly string[], prefix: string, operations: readonly Operation[]): void {
  const taken = new Set([
    ...reserved,
    `${prefix}Methods`,
    `${prefix}Cloud`,
    `${prefix}ClientParameters`,
    ...operations.flatMap(({ id }) => [getArgsName(id), getAllArgsName(id)]),
  ])
  for (const name of names) {
    const where = `components.schemas.${name}`
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) throw new SpecError(where, 'the name is not in PascalCase', 'Rename it')
    if (taken.has(name)) throw new SpecError(where, 'the name is taken by generated code', 'Rename it')
  }
}
