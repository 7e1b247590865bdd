import type { Document, ExampleObject, Json, Reference } from './document.ts'
import { resolve } from './resolve.ts'

interface Exampled {
  readonly example?: Json
  readonly examples?: { readonly [name: string]: ExampleObject | Reference }
}

/** Returns the values of all examples of a parameter or a media type. */
export function getExamples(document: Document, { example, examples }: Exampled): Json[] {
  if (example !== undefined) return [example]
  const values = Object.values(examples ?? {}).map(one => resolve<ExampleObject>(document, one).value)
  return values.filter(value => value !== undefined)
}
