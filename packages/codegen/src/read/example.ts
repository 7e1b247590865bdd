import type { Document, ExampleObject, Json, Reference } from './document.ts'
import { resolve } from './resolve.ts'

interface Exampled {
  readonly example?: Json
  readonly examples?: { readonly [name: string]: ExampleObject | Reference }
}

/** The first example of a parameter or a media type. */
export function firstExample(document: Document, { example, examples }: Exampled): Json | undefined {
  if (example !== undefined) return example
  const [first] = Object.values(examples ?? {})
  return first && resolve<ExampleObject>(document, first).value
}
