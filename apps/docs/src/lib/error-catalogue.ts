import { readPointer } from '@jobscope/specs'
import { type Bundle, listOperations } from './bundle.ts'
import { buildErrorTables } from './error-table.ts'

/** Everything in the specs about an error code. */
export interface ErrorCode {
  readonly code: string
  /** The URL fragment of the entry of this code on the page. */
  readonly id: string
  readonly kind: string
  /** Summary of the example of this code, if there is one. */
  readonly meaning?: string
  /** What to do about the error, if the general advice for its kind does not apply. */
  readonly fix?: string
  /** The error message in the example of this code. */
  readonly message?: string
  /** HTTP statuses of the responses that list the code. */
  readonly statuses: readonly string[]
  /** Operations whose responses list the code. */
  readonly operations: readonly string[]
  /** Sentences that mention the code, from the descriptions of operations. */
  readonly notes: readonly { readonly operationId: string; readonly text: string }[]
}

export interface ErrorCatalogue {
  /** Codes that all services have in common. They come from the gateway. */
  readonly gateway: readonly ErrorCode[]
  readonly services: Readonly<Record<string, readonly ErrorCode[]>>
}

type Json = { readonly [name: string]: unknown }

/** Collects everything that the specs contain about each error code. The result contains no other facts. */
export function buildErrorCatalogue(bundles: Readonly<Record<string, Bundle>>): ErrorCatalogue {
  const tables = buildErrorTables(bundles)
  const all = Object.values(bundles)
  return {
    gateway: tables.gateway
      .flatMap(({ kind, codes }) => codes.map(code => describeCode(all, code, kind)))
      .sort(compareCodes),
    services: Object.fromEntries(
      Object.entries(tables.services).map(([service, { kinds }]) => [
        service,
        kinds
          .flatMap(({ kind, codes }) =>
            codes.map(code => describeCode([bundles[service] as Bundle], code, kind, service)),
          )
          .sort(compareCodes),
      ]),
    ),
  }
}

const compareCodes = (a: ErrorCode, b: ErrorCode) => a.code.localeCompare(b.code, 'en', { numeric: true })

function describeCode(bundles: readonly Bundle[], code: string, kind: string, service = ''): ErrorCode {
  const uses = bundles.flatMap(bundle => listUses(bundle, code))
  const example = uses.find(({ summary }) => summary)
  const fix = bundles.map(bundle => bundle['x-errors']?.fixes?.[code]).find(Boolean)
  const notes = bundles.flatMap(bundle => listNotes(bundle, code))
  return {
    code,
    id: /\D/.test(code) ? code : `${service}-${code}`,
    kind,
    ...(example?.summary ? { meaning: example.summary } : {}),
    ...(fix ? { fix } : {}),
    ...(example?.message ? { message: example.message } : {}),
    statuses: [...new Set(uses.map(({ status }) => status))].sort(),
    operations: [...new Set(uses.map(({ operationId }) => operationId))],
    notes,
  }
}

interface Use {
  readonly operationId: string
  readonly status: string
  readonly summary?: string
  readonly message?: string
}

/**
 * Finds the responses with an example whose name is the code. A gateway code has the same meaning with the prefix `APIG.` and with the
 * prefix `APIGW.`, so the function searches for both names.
 */
function listUses(bundle: Bundle, code: string): Use[] {
  const names = [code, code.replace(/^APIGW?\./, 'APIG.'), code.replace(/^APIGW?\./, 'APIGW.')]
  const resolve = (value: unknown): Json => {
    const ref = (value as Json | undefined)?.['$ref']
    return typeof ref === 'string' ? resolve(readPointer(bundle, ref.slice(1))) : ((value ?? {}) as Json)
  }
  return listOperations(bundle).flatMap(operation => {
    const responses = Object.entries((operation as { responses?: Json }).responses ?? {})
    return responses.flatMap(([status, response]) =>
      Object.values(resolve(resolve(response)['content'])).flatMap(media => {
        const examples = resolve(resolve(media)['examples'])
        const example = names.map(name => examples[name]).find(Boolean)
        if (!example) return []
        const { summary, value } = resolve(example)
        const pointers = bundle['x-errors']?.message ?? []
        const message = pointers.map(pointer => readPointer(value, pointer)).find(each => typeof each === 'string')
        return [
          {
            operationId: operation.operationId,
            status,
            ...(typeof summary === 'string' ? { summary } : {}),
            ...(typeof message === 'string' ? { message } : {}),
          },
        ]
      }),
    )
  })
}

function listNotes(bundle: Bundle, code: string): ErrorCode['notes'] {
  return listOperations(bundle).flatMap(({ operationId, description = '' }) =>
    description
      .replaceAll(/\s+/g, ' ')
      .split(/(?<=\.) (?=[A-Z])/)
      .filter(sentence => sentence.includes(`\`${code}\``))
      .map(text => ({ operationId, text })),
  )
}
