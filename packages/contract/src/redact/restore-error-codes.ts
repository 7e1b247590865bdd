import { readPointer, writePointer } from '@jobscope/specs'
import { isErrorCode } from '../check/kept-texts.ts'
import type { ServiceContract } from '../schema/service-contract.ts'
import { parseExactJson } from './redact-value.ts'

/** Restores the error codes in the redacted body `text`. They are not secret, and `check` compares them with the documented codes. */
export function restoreErrorCodes(
  { errors, errorCodes, reportsFailure }: ServiceContract,
  status: number,
  original: string,
  text: string,
): string {
  if (status < 400 && !errors.failure) return text
  try {
    const before = [parseExactJson(original)].flat() as unknown[]
    const parsed = parseExactJson(text)
    const after = [parsed].flat() as unknown[]
    for (const [index, body] of before.entries()) {
      if (status < 400 && !reportsFailure(body)) continue
      const target = after[index]
      if (typeof target !== 'object' || target === null) continue
      for (const pointer of errors.code) {
        const code = readPointer(body, pointer)
        if (typeof code === 'string' && (errorCodes.has(code.toLowerCase()) || isErrorCode(code))) {
          writePointer(target as { [name: string]: unknown }, pointer, code)
        }
      }
    }
    return JSON.stringify(parsed)
  } catch {
    return text
  }
}
