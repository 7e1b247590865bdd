import type { Operation } from '../material.ts'
import { withoutTransportHeaders } from '../transport-headers.ts'
import { flattenModel, flattenResponse, type Model } from './models.ts'

export interface NodeService {
  /** Name and text of the file that contains the client. */
  readonly file: string
  readonly client: string
  readonly models: ReadonlyMap<string, Model>
}

const publicMethod = /^ {4}public (\w+)\(.*?\): Promise<(\w+)> \{$/gm
const methodStart = /^ {8}(\w+)\((?:\w+\?: (\w+))?\) \{$/gm

/** Reads the operations of a client in the vendor's Node SDK. */
export function readNodeClient({ file, client, models }: NodeService): Operation[] {
  const [calls = '', creators = ''] = client.split(/^export const \w+ = function/m)
  const responses = new Map([...calls.matchAll(publicMethod)].map(([, name = '', type = '']) => [name, type]))
  const starts = [...creators.matchAll(methodStart)]
  return starts.flatMap(([, name = '', request = ''], index) => {
    const body = creators.slice(starts[index]?.index, starts[index + 1]?.index)
    const method = /method: "(\w+)"/.exec(body)?.[1]
    const path = /url: "([^"]+)"/.exec(body)?.[1]
    if (!method || !path) return []
    const members = models.get(request)?.members ?? []
    const bodyModel = members.find(member => member.name === 'body')?.model
    const listParameters = (variable: string) => {
      const names = new Set([...body.matchAll(new RegExp(`${variable}\\['([^']+)'\\]`, 'g'))].map(match => match[1]))
      return members
        .filter(member => names.has(member.name))
        .map(({ name: id, type, values }) => ({ path: id, type, values }))
    }
    return {
      method,
      path,
      title: name,
      page: name,
      file,
      deprecated: false,
      query: listParameters('localVarQueryParameter'),
      header: withoutTransportHeaders(listParameters('localVarHeaderParameter')),
      request: bodyModel ? flattenModel(models, bodyModel) : [],
      response: flattenResponse(models, responses.get(name) ?? ''),
      examples: [],
    }
  })
}
