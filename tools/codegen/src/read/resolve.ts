import { readPointer } from '@jobscope/specs'
import { SpecError } from '../spec-error.ts'
import type { Document, Reference, Schema } from './document.ts'

/**
 * Follows each `$ref` until it finds the value. Bundles are self-contained, so a reference must start with `#/`. Codegen ignores keywords
 * next to a `$ref`. So only two keywords are allowed there: `x-gap`, which is for people, and `description`, which is used in doc comments.
 *
 * @throws SpecError if the reference is invalid, or has other keywords next to it
 */
export function resolve<T extends object>(document: Document, value: T | Reference): T {
  let current: T | Reference = value
  for (let hops = 0; isReference(current); hops++) {
    if (hops > 32) throw new SpecError(current.$ref, 'the reference is circular', 'Break the cycle')
    const extra = Object.keys(current).find(key => !allowedKeys.includes(key))
    if (extra !== undefined)
      throw new SpecError(
        current.$ref,
        `'${extra}' next to a $ref is not supported`,
        'Move it to the target of the $ref',
      )
    current = lookup(document, current.$ref) as T | Reference
  }
  return current
}

const allowedKeys = ['$ref', 'description', 'x-gap']

/** Returns the name of the referenced component schema, or undefined if the schema is inline. */
export function getSchemaName(schema: Schema): string | undefined {
  return schema.$ref?.match(/^#\/components\/schemas\/([^/]+)$/)?.[1]
}

function isReference(value: object): value is Reference {
  return typeof (value as Partial<Reference>).$ref === 'string'
}

function lookup(document: Document, ref: string): unknown {
  if (!ref.startsWith('#/')) {
    throw new SpecError(
      ref,
      'the reference points outside the document',
      'Bundle the spec so that every reference starts with #/',
    )
  }
  const value = readPointer(document, decodeURIComponent(ref.slice(1)))
  if (value === undefined || value === null)
    throw new SpecError(ref, 'the referenced component does not exist', 'Add it or correct the reference')
  return value
}
