import { parse } from 'node:path'
import type { Operation } from '../material.ts'

const annotation = /^\/\/ @API (\w+) (GET|POST|PUT|DELETE|PATCH) (\S+)$/gm

/**
 * Reads the API calls that comments of the Terraform provider declare above its resources. Returns them by service name. These comments
 * list no fields.
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
