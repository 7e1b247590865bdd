import { emitJobs } from './emit/jobs.ts'
import { emitSample } from './emit/samples.ts'
import { emitSchema } from './emit/schema.ts'
import { emitService } from './emit/service.ts'
import { emitTypeTests } from './emit/type-tests.ts'
import { emitTypes } from './emit/types.ts'
import type { Files } from './files.ts'
import type { Document } from './read/document.ts'
import { readService } from './read/service.ts'

/** Everything that follows from the spec of a service: contents by path from the repository's root. */
export async function generate(name: string, document: Document): Promise<Files> {
  const service = readService(name, document)
  const source = `packages/${name}/src/generated`
  return new Map([
    [`${source}/schema.gen.ts`, await emitSchema(service)],
    [`${source}/types.gen.ts`, emitTypes(service)],
    [`${source}/service.gen.ts`, emitService(service)],
    [`${source}/jobs.gen.ts`, emitJobs(service)],
    [`packages/${name}/test/calls.gen.test-d.ts`, emitTypeTests(service)],
    ...service.operations.map(
      operation =>
        [`apps/docs/src/generated/samples/${name}/${operation.id}.ts`, emitSample(service, operation)] as const,
    ),
  ])
}

/** Folders and files that hold nothing but the output for a service: whatever else lies there is a leftover. */
export function territory(name: string): string[] {
  return [
    `packages/${name}/src/generated`,
    `packages/${name}/test/calls.gen.test-d.ts`,
    `apps/docs/src/generated/samples/${name}`,
  ]
}
