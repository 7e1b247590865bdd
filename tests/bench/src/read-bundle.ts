import { readFileSync } from 'node:fs'
import type { Document } from '@jobscope/codegen'
import { type ServiceName, specUrl } from '@jobscope/specs'

/** Reads the bundled spec of a service. */
export function readBundle(name: ServiceName): Document {
  return JSON.parse(readFileSync(specUrl(name), 'utf8')) as Document
}
