import { readAllBundles } from '@jobscope/specs'

/** The maximum length of an undocumented value that a redacted recording keeps. A longer text could be a secret. */
export const maxKeptLength = 64

/** A part of an enum value: a word in one of the usual cases, or a few characters such as `v2` or `K8S`. */
const enumWord = String.raw`(?:[A-Z]{1,24}|[A-Z]{0,4}[a-z]{1,24}(?:[A-Z]{1,4}[a-z]{2,24}){0,5}[A-Z]{0,2}|[A-Za-z\d]{1,4})`
/** A value of an enum: at most 8 parts, with at most 6 digits in total. */
const enumValue = new RegExp(String.raw`^(?!(?:\D*\d){7})(?:${enumWord}(?:(?:[ _.:-]| ?\()${enumWord}){0,7}\)?)?$`)

/**
 * Whether a text has the form of a job state or another value of an enum, such as `HALF_OPEN`, `jobFailed` or `v2.1`. Other texts could be
 * secrets, so a redacted recording replaces them with pseudonyms. The pseudonyms do not have this form.
 */
export const isEnumValue = (text: string): boolean => text.length <= maxKeptLength && enumValue.test(text)

/** The prefix of a code, and at least one number or word. A number alone is a code, too. */
const errorCode = /^([A-Za-z]{2,20})(?:[._](?:\d{1,8}|[A-Z]{2,12}|(?:[A-Z][a-z]{1,20}){1,5})){1,4}$|^\d{1,8}$/

/** Whether a text has the form of the documented error codes, such as `DLI.0999`, `DLI.InvalidParameter` or `SVCSTG.DLI.4001`. */
export function isErrorCode(text: string): boolean {
  const match = text.length <= maxKeptLength ? errorCode.exec(text) : null
  if (match === null) return false
  const [, prefix] = match
  // A prefix in upper case can belong to a service that has no spec. Other prefixes could be the beginning of a private name, so only
  // those in the specs are accepted.
  return prefix === undefined || /^[A-Z]{2,12}$/.test(prefix) || getDocumentedPrefixes().has(prefix)
}

let documentedPrefixes: ReadonlySet<string> | undefined

/** The prefixes of the error codes in the specs. */
function getDocumentedPrefixes(): ReadonlySet<string> {
  documentedPrefixes ??= new Set(
    [...readAllBundles().values()].flatMap(bundle =>
      Object.values(bundle['x-errors']?.kinds ?? {})
        .flat()
        .map(code => code.split(/[._]/)[0] ?? ''),
    ),
  )
  return documentedPrefixes
}
