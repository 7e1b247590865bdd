import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Bundle, METHODS, type OperationEntry, readBundle, type ServiceName, services } from './bundle.ts'
import { buildCurlSample, type CodeSample, readClientSample } from './code-samples.ts'
import { MOCK_ORIGIN } from './mock-origin.ts'
import { getCurlValues } from './request-example.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined }

/** A bundle as the reference and the console show it: with code samples, and with names for what is anonymous in it. */
export function buildReferenceDocument(service: ServiceName, bundle: Bundle, sampleOf = readClientSample): Bundle {
  const paths = Object.entries(bundle.paths).map(([path, item]) => {
    const operations = METHODS.flatMap(method => {
      const operation = item[method]
      if (!operation) return []
      const entry: OperationEntry = { ...operation, method, path }
      const samples: CodeSample[] = [
        sampleOf(service, operation.operationId),
        buildCurlSample(`${MOCK_ORIGIN}/${service}`, entry, getCurlValues(bundle, item, operation)),
      ]
      return [[method, { ...operation, 'x-codeSamples': samples }]]
    })
    return [path, { ...item, ...Object.fromEntries(operations) }]
  })
  const document = { ...bundle, paths: Object.fromEntries(paths), components: titled(bundle.components) }
  return withKnownValues(document as unknown as Json) as unknown as Bundle
}

/**
 * The same for starlight-openapi, which makes a page of its own for each tag that has a description. One page per API is
 * enough, so the descriptions move there.
 */
export function removeTagPages(document: Bundle): Bundle {
  const tags = document.tags ?? []
  const list = tags.map(({ name, description }) => `- **${name}**${description ? `: ${description}` : ''}`)
  const description = [document.info.description, list.join('\n')].filter(Boolean).join('\n\n')
  return { ...document, info: { ...document.info, description }, tags: tags.map(({ name }) => ({ name })) }
}

/** The same for the consoles, where the calls should be in sight: what the reference says at length is left out. */
export function shortenForConsole(document: Bundle): Bundle {
  const { contact: _contact, license: _license, ...info } = document.info as Bundle['info'] & Record<string, unknown>
  return { ...document, info: { ...info, description: document.info.summary ?? '' } }
}

export interface DocumentFiles {
  /** For starlight-openapi, which reads files only. */
  readonly reference: Readonly<Record<ServiceName, string>>
}

/** Writes `reference/<service>.json` and `console/<service>.json` into a folder, which holds nothing else afterwards. */
export function writeDocuments(folder: URL): DocumentFiles {
  rmSync(folder, { recursive: true, force: true })
  const write = (kind: string, service: ServiceName, document: Bundle): string => {
    const file = fileURLToPath(new URL(`${kind}/${service}.json`, folder))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(document, null, 2))
    return file
  }
  const files = services.map(service => {
    const document = buildReferenceDocument(service, readBundle(service))
    write('console', service, shortenForConsole(document))
    return [service, write('reference', service, removeTagPages(document))]
  })
  return { reference: Object.fromEntries(files) }
}

// starlight-openapi labels the tabs of a oneOf with the title of each schema, or all alike "object".
function titled(components: Bundle['components']): NonNullable<Bundle['components']> {
  const schemas = Object.entries(components?.schemas ?? {}).map(([name, schema]) => [
    name,
    isObject(schema) && schema['title'] === undefined ? { title: name, ...schema } : schema,
  ])
  return { ...components, schemas: Object.fromEntries(schemas) }
}

// Neither page knows `x-known-values`, and a reader looks for nothing as much as for the values of a state.
function withKnownValues(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map(each => withKnownValues(each) ?? null)
  if (!isObject(value)) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withKnownValues(each)]))
  const known = copy['x-known-values']
  if (!Array.isArray(known)) return copy
  const list = `Known values: ${known.map(each => `\`${each}\``).join(', ')}.`
  return { ...copy, description: [copy['description'], list].filter(Boolean).join('\n\n') }
}

function isObject(value: unknown): value is { [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
