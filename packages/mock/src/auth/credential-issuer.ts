import type { IHttpRequest, IHttpResponse } from '@stoplight/prism-http'
import { examplesOf, type Operation } from '../operation.ts'
import { readFirstPointer, readPointer, writePointer } from '../pointer.ts'
import type { Clock } from '../simulation/clock.ts'
import { bodySchema } from '../simulation/roles.ts'
import { isObject, type Json, schemaAt } from '../simulation/schema.ts'
import type { CredentialStore } from './credential-store.ts'

/** The spec's `x-credentials`, as specs/README.md describes it: pointers into the bodies, by what is found there. */
export interface CredentialRules {
  readonly token: {
    readonly op: string
    readonly header: string
    /** Seconds. */
    readonly lifetime: number
    readonly request: { readonly [what: string]: string }
    readonly response: { readonly [what: string]: string }
  }
  readonly keys: {
    readonly op: string
    /** Where the request says it, in seconds. */
    readonly lifetime: readonly string[]
    readonly response: { readonly [what: string]: string }
  }
}

/** Hands out tokens and keys that the gate of this mock knows. */
export interface CredentialIssuer {
  /**
   * The example `made` with a new token or key in it; `denied` where the user is not known, and `undefined` where the
   * operation hands out neither.
   */
  issue(operation: Operation, request: IHttpRequest, made: IHttpResponse): IHttpResponse | 'denied' | undefined
}

export function createCredentialIssuer(
  { token, keys }: CredentialRules,
  vault: CredentialStore,
  clock: Clock,
): CredentialIssuer {
  return {
    issue(operation, { headers = {}, body: sent }, made) {
      const schemes = (operation.security ?? []).flat()
      const signedIn = schemes.some(scheme => 'name' in scheme && headers[scheme.name.toLowerCase()] !== undefined)
      if (operation.iid === token.op) return issueToken(operation, sent, made, signedIn)
      return operation.iid === keys.op ? issueKeys(operation, sent, made) : undefined
    },
  }

  function issueToken(
    operation: Operation,
    sent: unknown,
    made: IHttpResponse,
    signedIn: boolean,
  ): IHttpResponse | 'denied' {
    const { request, response } = token
    const asked = (what: string): unknown =>
      request[what] === undefined ? undefined : readPointer(sent, request[what])
    const [name, password, domainName] = ['user', 'password', 'account'].map(asked) as (string | undefined)[]
    // Without a password it is in the name of an agency: who asks must have shown a token to the gate.
    const admitted =
      password === undefined ? !vault.strict || signedIn : vault.isKnownUser({ name, password, domainName })
    if (!admitted) return 'denied'
    const project = asked('project')
    const at = response['project'] ?? ''
    // A token for an account is another example than one for a project.
    const example = examplesOf(operation).find(
      ({ status, value }) => status < 300 && (readPointer(value, at) !== undefined) === (project !== undefined),
    )
    const body = structuredClone(example?.value ?? made.body) as Json
    const expiresAt = clock.now() + token.lifetime * 1000
    put(body, response['issuedAt'], timeOf(clock.now()))
    put(body, response['expiresAt'], timeOf(expiresAt))
    put(body, response['user'], name)
    put(body, response['account'], domainName)
    const shown = readPointer(body, at)
    if (isObject(project) && isObject(shown)) Object.assign(shown, project)
    return { ...made, headers: { ...made.headers, [token.header]: vault.issueToken(expiresAt) }, body }
  }

  function issueKeys(operation: Operation, sent: unknown, made: IHttpResponse): IHttpResponse {
    const body = structuredClone(made.body) as Json
    const { response } = keys
    const schema = bodySchema(operation)
    const usual = keys.lifetime.map(pointer => schemaAt(schema, pointer)?.default).find(Number.isInteger)
    const seconds = Number(readFirstPointer(sent, keys.lifetime) ?? usual ?? 0)
    const key = vault.issueKey(clock.now() + seconds * 1000)
    put(body, response['accessKey'], key.accessKey)
    put(body, response['secretKey'], key.secretKey)
    put(body, response['securityToken'], key.securityToken)
    put(body, response['expiresAt'], timeOf(key.expiresAt))
    return { ...made, body }
  }
}

function put(body: Json, pointer: string | undefined, value: string | undefined): void {
  if (pointer !== undefined && value !== undefined) writePointer(body, pointer, value)
}

/** With microseconds, as IAM writes it. */
const timeOf = (time: number): string => new Date(time).toISOString().replace('Z', '000Z')
