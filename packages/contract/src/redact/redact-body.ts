import { selectBody } from '../check/check-request.ts'
import type { BodyContract } from '../schema/operation.ts'
import { type RecordedHeaders, readHeader } from '../traffic/exchange.ts'
import { type FormPair, isMultipart, readFormPairs } from '../traffic/form.ts'
import { isStackOverflow } from '../traffic/nesting.ts'
import { parseExactJson, type RedactValueOptions, redactString, redactValue } from './redact-value.ts'
import { redactedBoundary } from './redaction-options.ts'

/** Redacts the body of a request or a response: JSON, a form, or another text. */
export function redactBody(
  body: string | undefined,
  headers: RecordedHeaders | undefined,
  contracts: readonly BodyContract[] | undefined,
  options: RedactValueOptions,
): string | undefined {
  if (body === undefined || body === '') return body
  const contentType = readHeader(headers, 'content-type') ?? ''
  // Programs such as curl send JSON with the content type of a form. So JSON is recognized by the body, not by the content type.
  const json = parseIfJson(body)
  if (json !== undefined) {
    const contract =
      contracts && (selectBody(contracts, contentType) ?? contracts.find(({ mediaType }) => mediaType.includes('json')))
    return JSON.stringify(redactValue(json.value, contract?.getShape(), '', options))
  }
  const isForm = /form-urlencoded|form-data/i.test(contentType)
  const pairs = isForm ? readFormPairs(body, contentType) : undefined
  if (pairs === undefined) return options.pseudonymize(body, text => parseIfJson(text) !== undefined)
  const shape = contracts && selectBody(contracts, contentType)?.getShape()
  const { redactName } = options
  const redactedPairs = pairs.map(([name, value]): FormPair => {
    const field = shape?.properties?.get(name)
    return [field ? name : redactName(name), redactString(value, field, name, options)]
  })
  return isMultipart(contentType) ? formatMultipart(redactedPairs) : formatUrlEncoded(redactedPairs)
}

function parseIfJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: parseExactJson(text) }
  } catch (error) {
    // A stack overflow does not mean that the text is not JSON: it can be valid JSON that is nested too deeply.
    if (isStackOverflow(error)) throw error
    return undefined
  }
}

const formatUrlEncoded = (pairs: readonly FormPair[]): string =>
  new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString()

const formatMultipart = (pairs: readonly FormPair[]): string =>
  `${pairs.map(([name, value]) => `--${redactedBoundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${redactedBoundary}--\r\n`
