import { parse } from 'node:path'
import type { Operation } from '../material.ts'

const annotation = /^\/\/ @API (\w+) (GET|POST|PUT|DELETE|PATCH) (\S+)$/gm

/**
 * Reads the API calls from the comments above the resources of the Terraform provider. The keys of the result are service names. The
 * comments contain no fields.
 */
export function readTerraform(files: ReadonlyMap<string, string>): Map<string, Operation[]> {
  const services = new Map<string, Operation[]>()
  for (const [file, text] of files)
    for (const [, service = '', method = '', path = ''] of text.matchAll(annotation)) {
      const name = service.toLowerCase()
      const resource = parse(file).name
      const operation: Operation = {
        method,
        path,
        title: resource,
        page: resource,
        file,
        deprecated: false,
        query: [],
        header: [],
        request: [],
        response: [],
        examples: [],
      }
      services.set(name, [...(services.get(name) ?? []), operation])
    }
  return services
}
