import { selectBody } from '../check/check-request.ts'
import { parseMultipart } from '../check/parse-body.ts'
import type { BodyContract } from '../schema/operation.ts'
import { type RecordedHeaders, readHeader } from '../traffic/exchange.ts'
import { isStackOverflow } from '../traffic/nesting.ts'
import { boundary, readBoundary } from './multipart-boundary.ts'
import { parseExactJson, type RedactValueOptions, redactString, redactValue } from './redact-value.ts'

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
  const formBoundary = readBoundary(contentType)
  const isForm = /form-urlencoded|form-data/i.test(contentType)
  const pairs = formBoundary === undefined ? [...new URLSearchParams(body)] : parseMultipart(body, formBoundary)
  if (!isForm || pairs === undefined) return options.pseudonymize(body, text => parseIfJson(text) !== undefined)
  const shape = contracts && selectBody(contracts, contentType)?.getShape()
  const { redactName } = options
  const redactedPairs = pairs.map(([name, value]): [string, string] => {
    const field = shape?.properties?.get(name)
    return [field ? name : redactName(name), redactString(value, field, name, options)]
  })
  return formBoundary === undefined ? new URLSearchParams(redactedPairs).toString() : formatMultipart(redactedPairs)
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

const formatMultipart = (pairs: readonly (readonly [string, string])[]): string =>
  `${pairs.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`
