import { type CredentialsSpec, readFirstPointer, readPointer, writePointer } from '@jobscope/specs'
import type { IHttpRequest, IHttpResponse } from '@stoplight/prism-http'
import { getExamples, type Operation } from '../operation.ts'
import type { Clock } from '../simulation/clock.ts'
import { getBodySchema } from '../simulation/job-call.ts'
import { getSchemaAt, isObject, type Json } from '../simulation/schema.ts'
import type { CredentialStore } from './credential-store.ts'

/** Issues the tokens and keys that this mock accepts. */
export interface CredentialIssuer {
  /**
   * Returns the example response with a new token or key. Returns `denied` for an unknown user, and `undefined` if the
   * operation issues neither tokens nor keys.
   */
  issue(call: IssueCall): IHttpResponse | 'denied' | undefined
}

interface IssueCall {
  readonly operation: Operation
  readonly request: IHttpRequest
  readonly example: IHttpResponse
}

export function createCredentialIssuer(
  { token, keys }: CredentialsSpec,
  credentials: CredentialStore,
  clock: Clock,
): CredentialIssuer {
  return {
    issue(call) {
      if (call.operation.iid === token.operation) return issueToken(call)
      return call.operation.iid === keys.operation ? issueKey(call) : undefined
    },
  }

  function issueToken({ operation, request, example }: IssueCall): IHttpResponse | 'denied' {
    const readField = (field: string): unknown => {
      const pointer = token.request[field]
      return pointer === undefined ? undefined : readPointer(request.body, pointer)
    }
    const [name, password, domainName] = ['user', 'password', 'account'].map(readField) as (string | undefined)[]
    // A request without a password asks for a token of an agency. The gateway has already checked the caller's own token.
    const isAccepted =
      password === undefined
        ? !credentials.strict || hasCredentials(operation, request)
        : credentials.acceptsUser({ name, password, domainName })
    if (!isAccepted) return 'denied'
    const project = readField('project')
    const { response } = token
    const projectPointer = response['project'] ?? ''
    // The spec has different examples for a token of an account and a token of a project.
    const matchingExample = getExamples(operation).find(
      ({ status, value }) =>
        status < 300 && (readPointer(value, projectPointer) !== undefined) === (project !== undefined),
    )
    const body = structuredClone(matchingExample?.value ?? example.body) as Json
    const expiresAt = clock.now() + token.lifetime * 1000
    writeField(body, response['issuedAt'], formatTime(clock.now()))
    writeField(body, response['expiresAt'], formatTime(expiresAt))
    writeField(body, response['user'], name)
    writeField(body, response['account'], domainName)
    const projectInBody = readPointer(body, projectPointer)
    if (isObject(project) && isObject(projectInBody)) Object.assign(projectInBody, project)
    const headers = { ...example.headers, [token.header]: credentials.issueToken(expiresAt) }
    return { ...example, headers, body }
  }

  function issueKey({ operation, request, example }: IssueCall): IHttpResponse {
    const body = structuredClone(example.body) as Json
    const { response } = keys
    const schema = getBodySchema(operation)
    const defaultSeconds = keys.lifetime.map(pointer => getSchemaAt(schema, pointer)?.default).find(Number.isInteger)
    const seconds = Number(readFirstPointer(request.body, keys.lifetime) ?? defaultSeconds ?? 0)
    const key = credentials.issueKey(clock.now() + seconds * 1000)
    writeField(body, response['accessKey'], key.accessKey)
    writeField(body, response['secretKey'], key.secretKey)
    writeField(body, response['securityToken'], key.securityToken)
    writeField(body, response['expiresAt'], formatTime(key.expiresAt))
    return { ...example, body }
  }
}

/** Whether the request has a header of one of the operation's security schemes. */
const hasCredentials = ({ security = [] }: Operation, { headers = {} }: IHttpRequest): boolean =>
  security.flat().some(scheme => 'name' in scheme && headers[scheme.name.toLowerCase()] !== undefined)

function writeField(body: Json, pointer: string | undefined, value: string | undefined): void {
  if (pointer !== undefined && value !== undefined) writePointer(body, pointer, value)
}

/** IAM writes times with microseconds. */
const formatTime = (time: number): string => new Date(time).toISOString().replace('Z', '000Z')
