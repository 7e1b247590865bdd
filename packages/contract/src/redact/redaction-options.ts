import type { SpecWords } from '../schema/spec-words.ts'
import type { RedactValueOptions } from './redact-value.ts'

/** Options for the parts of an exchange. They differ for the request and the response. */
export interface RedactionOptions extends RedactValueOptions {
  readonly words: SpecWords
}

/** The text that replaces values without pseudonyms. */
export const redacted = 'REDACTED'

/** The boundary of the forms in redacted exchanges. */
export const redactedBoundary = 'redacted-boundary'
