import { SpecError } from '../spec-error.ts'
import type { Document, Reference, Schema } from './document.ts'

/** Follows `$ref`s to the thing itself. Bundles are self-contained, so anything but `#/…` is a mistake. */
export function resolve<T extends object>(document: Document, value: T | Reference): T {
  let current: T | Reference = value
  for (let hops = 0; isReference(current); hops++) {
    if (hops > 32) throw new SpecError(current.$ref, 'the reference leads back to itself', 'Break the circle')
    current = lookup(document, current.$ref) as T | Reference
  }
  return current
}

/** The component schema that a `$ref` names, or undefined where the schema is written in place. */
export function getSchemaName(schema: Schema): string | undefined {
  return schema.$ref?.match(/^#\/components\/schemas\/([^/]+)$/)?.[1]
}

/** A JSON Pointer's parts, unescaped. */
export function splitPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function isReference(value: object): value is Reference {
  return typeof (value as Partial<Reference>).$ref === 'string'
}

function lookup(document: Document, ref: string): unknown {
  if (!ref.startsWith('#/')) {
    throw new SpecError(
      ref,
      'the reference leaves the document',
      'Bundle the spec so that every reference starts with #/',
    )
  }
  let value: unknown = document
  for (const part of splitPointer(decodeURIComponent(ref))) {
    value = (value as Record<string, unknown> | undefined)?.[part]
  }
  if (value === undefined || value === null)
    throw new SpecError(ref, 'nothing is there', 'Add the component or correct the reference')
  return value
}
