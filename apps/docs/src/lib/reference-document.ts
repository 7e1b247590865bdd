import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Bundle, METHODS, type OperationEntry, readBundle, type ServiceName, services } from './bundle.ts'
import { buildCliSample } from './cli-sample.ts'
import { buildCurlSample, type CodeSample, readClientSample } from './code-samples.ts'
import { MOCK_ORIGIN } from './mock-origin.ts'
import { buildPythonSample } from './python-sample.ts'
import { getCurlValues } from './request-example.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined }

/** Adds data to the bundle for the reference: code samples, titles of schemas, and known values in descriptions. */
export function buildReferenceDocument(service: ServiceName, bundle: Bundle, readSample = readClientSample): Bundle {
  const paths = Object.entries(bundle.paths).map(([path, item]) => {
    const operations = METHODS.flatMap(method => {
      const operation = item[method]
      if (!operation) return []
      const entry: OperationEntry = { ...operation, method, path }
      const values = getCurlValues(bundle, item, operation)
      const mockUrl = `${MOCK_ORIGIN}/${service}`
      const samples: (CodeSample | undefined)[] = [
        readSample(service, operation.operationId),
        buildCliSample(MOCK_ORIGIN, service, entry, values),
        buildCurlSample(mockUrl, entry, values),
        buildPythonSample(mockUrl, entry, values),
      ]
      return [[method, { ...operation, 'x-codeSamples': samples.filter(Boolean) }]]
    })
    return [path, { ...item, ...Object.fromEntries(operations) }]
  })
  const document = { ...bundle, paths: Object.fromEntries(paths), components: addTitles(bundle.components) }
  return addKnownValues(document as unknown as Json) as unknown as Bundle
}

/**
 * Moves the descriptions of tags into the description of the API. starlight-openapi would otherwise create a page for each
 * tag with a description. One page per API is enough.
 */
export function removeTagPages(document: Bundle): Bundle {
  const tags = document.tags ?? []
  const list = tags.map(({ name, description }) => `- **${name}**${description ? `: ${description}` : ''}`)
  const description = [document.info.description, list.join('\n')].filter(Boolean).join('\n\n')
  return { ...document, info: { ...document.info, description }, tags: tags.map(({ name }) => ({ name })) }
}

export interface DocumentFiles {
  /** The paths of the documents. starlight-openapi can read a document only from a file. */
  readonly reference: Readonly<Record<ServiceName, string>>
}

/** Empties a folder and writes `reference/<service>.json` into it. */
export function writeDocuments(folder: URL): DocumentFiles {
  rmSync(folder, { recursive: true, force: true })
  const write = (service: ServiceName, document: Bundle): string => {
    const file = fileURLToPath(new URL(`reference/${service}.json`, folder))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(document, null, 2))
    return file
  }
  const files = services.map(service => {
    const document = buildReferenceDocument(service, readBundle(service))
    return [service, write(service, removeTagPages(document))]
  })
  return { reference: Object.fromEntries(files) }
}

// starlight-openapi labels each tab of a oneOf with the schema's title, or with "object" if the schema has no title.
function addTitles(components: Bundle['components']): NonNullable<Bundle['components']> {
  const schemas = Object.entries(components?.schemas ?? {}).map(([name, schema]) => [
    name,
    isObject(schema) && schema['title'] === undefined ? { title: name, ...schema } : schema,
  ])
  return { ...components, schemas: Object.fromEntries(schemas) }
}

// starlight-openapi does not show `x-known-values`, but readers need the values of a state.
function addKnownValues(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map(each => addKnownValues(each) ?? null)
  if (!isObject(value)) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, addKnownValues(each)]))
  const known = copy['x-known-values']
  if (!Array.isArray(known)) return copy
  const list = `Known values: ${known.map(each => `\`${each}\``).join(', ')}.`
  return { ...copy, description: [copy['description'], list].filter(Boolean).join('\n\n') }
}

function isObject(value: unknown): value is { [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
