// Generated from specs/extensions/*.schema.json. Do not edit; run `pnpm generate`.

/**
 * The prefix of the names in the generated client: `Dli` makes `createDliClient`.
 */
export type ClientName = string
/**
 * The cloud that a server belongs to.
 */
export type CloudName = 'huaweicloud' | 'otc'
/**
 * A JSON Pointer (RFC 6901) into a request or response body. The empty pointer is the whole body.
 */
export type Pointer = string
/**
 * What the vendor's documents do not say and we concluded, as a sentence for people.
 */
export type Inferred = string
/**
 * The `operationId` of an operation of the same document.
 */
export type OperationId = string
export type TimeField = 'createdAt' | 'startedAt' | 'updatedAt' | 'endedAt'
/**
 * The eight states that every kind maps to.
 */
export type JobStateName =
  'queued' | 'starting' | 'running' | 'stopping' | 'succeeded' | 'failed' | 'canceled' | 'unknown'
/**
 * A state as the service writes it.
 */
export type WireState = string | number
/**
 * @minItems 1
 */
export type WireStates = readonly WireState[]
/**
 * The documented values of an open enum: the service may send or accept others.
 *
 * @minItems 1
 */
export type KnownValues = readonly (string | number)[]
/**
 * The region of a server whose host does not follow the formula of its cloud.
 */
export type RegionId = string
/**
 * Which failures of the operation a client may retry: `safe`, any transient failure; `unprocessed`, only failures before which the server cannot have processed the request; `never`, none. GET and HEAD are `safe` by default, other methods `unprocessed`.
 */
export type RetryMode = 'safe' | 'unprocessed' | 'never'
/**
 * True for a secret: clients never put the value into an error or a log.
 */
export type Sensitive = boolean
/**
 * Why a list has no pages, as a sentence for people.
 */
export type Unpaged = string

/**
 * All extensions, whatever object of an OpenAPI document they belong to.
 */
export interface Extensions {
  readonly 'x-client-name'?: ClientName
  readonly 'x-client-parameters'?: ClientParameters
  readonly 'x-cloud'?: CloudName
  readonly 'x-credentials'?: CredentialsSpec
  readonly 'x-errors'?: ErrorsSpec
  readonly 'x-gateway-limits'?: GatewayLimits
  readonly 'x-inferred'?: Inferred
  readonly 'x-jobs'?: JobKindSpecs
  readonly 'x-known-values'?: KnownValues
  readonly 'x-pagination'?: Pagination
  readonly 'x-provenance'?: Provenance
  readonly 'x-region'?: RegionId
  readonly 'x-retry'?: RetryMode
  readonly 'x-sensitive'?: Sensitive
  readonly 'x-unpaged'?: Unpaged
}
/**
 * Path parameters that a caller may set once, as an option of the client: the parameter, then the option. Every client has `project_id: projectId`, which is not listed.
 */
export interface ClientParameters {
  /**
   * Name of the option of the client, in camelCase.
   */
  readonly [k: string]: string
}
/**
 * The operations of IAM that issue tokens and temporary access keys.
 */
export interface CredentialsSpec {
  readonly token: TokenIssue
  readonly keys: KeyIssue
}
/**
 * The operation that issues a token for a user name and a password.
 */
export interface TokenIssue {
  /**
   * The operation.
   */
  readonly op: string
  /**
   * The response header that holds the token.
   */
  readonly header: string
  /**
   * How long a token is valid, in seconds.
   */
  readonly lifetime: number
  /**
   * JSON Pointers into the request body: `user`, `password`, `account`, and `project`, an object with `id` and `name`.
   */
  readonly request: {
    readonly [k: string]: Pointer
  }
  /**
   * JSON Pointers into the response body: `issuedAt`, `expiresAt`, `user`, `account`, `project`.
   */
  readonly response: {
    readonly [k: string]: Pointer
  }
}
/**
 * The operation that issues temporary access keys for a token.
 */
export interface KeyIssue {
  /**
   * The operation.
   */
  readonly op: string
  /**
   * JSON Pointers into the request body to the lifetime of the keys in seconds, tried in this order.
   */
  readonly lifetime: readonly Pointer[]
  /**
   * JSON Pointers into the response body: `accessKey`, `secretKey`, `securityToken`, `expiresAt`.
   */
  readonly response: {
    readonly [k: string]: Pointer
  }
}
/**
 * Which bodies are error responses, where they hold code and message, and what the codes mean.
 */
export interface ErrorsSpec {
  readonly failure?: FailureRule
  /**
   * JSON Pointers to the error code, tried in this order.
   */
  readonly code: readonly Pointer[]
  /**
   * JSON Pointers to the message, tried in this order.
   */
  readonly message: readonly Pointer[]
  /**
   * JSON Pointers to the ID of the request, tried in this order after the response header.
   */
  readonly requestId?: readonly Pointer[]
  readonly kinds: CodesByKind
  /**
   * Known codes that mean no more than the HTTP status they come with. Only lint reads them; the bundle does not have them.
   */
  readonly other?: readonly string[]
  readonly status?: CodesByStatus
  readonly messages?: GatewayMessages
  readonly gateway?: GatewayErrors
}
/**
 * Which 2xx bodies are error responses: those in which the value at `at` is one of `in` or, without `in`, in which there is a value.
 */
export interface FailureRule {
  /**
   * JSON Pointer to the value that decides.
   */
  readonly at: string
  /**
   * The values that mean a failure. A boolean also stands for its text.
   *
   * @minItems 1
   */
  readonly in?: readonly (string | number | boolean)[]
}
/**
 * Error codes by what they mean. The case of letters does not matter.
 */
export interface CodesByKind {
  readonly [k: string]: readonly string[]
}
/**
 * Error codes by the HTTP status with which they always come.
 */
export interface CodesByStatus {
  readonly [k: string]: readonly string[]
}
/**
 * Messages of the gateway by cause, with `{names}` to fill in. The mock uses them.
 */
export interface GatewayMessages {
  readonly [k: string]: string
}
/**
 * Errors of the API gateway, which every service shares. When the spec is bundled they are merged into the other properties, and this one is removed.
 */
export interface GatewayErrors {
  /**
   * What the codes begin with. Below they are listed by their digits only.
   */
  readonly prefixes: readonly string[]
  /**
   * JSON Pointers to the error code, tried after those of the service.
   */
  readonly code: readonly Pointer[]
  /**
   * JSON Pointers to the message, tried after those of the service.
   */
  readonly message: readonly Pointer[]
  /**
   * JSON Pointers to the ID of the request, tried after those of the service.
   */
  readonly requestId: readonly Pointer[]
  readonly kinds: CodesByKind
  readonly status: CodesByStatus
  readonly messages: GatewayMessages
}
/**
 * Limits of the API gateway that receives every request before the service does.
 */
export interface GatewayLimits {
  readonly signedBody: SignedBodyLimit
  readonly clockSkew: ClockSkewLimit
  readonly keyLock: KeyLock
}
/**
 * The largest body of a request that is signed with an access key.
 */
export interface SignedBodyLimit {
  /**
   * The size in bytes.
   */
  readonly maxBytes: number
  readonly 'x-provenance': Provenance
  readonly 'x-inferred'?: Inferred
}
/**
 * Where the facts about an operation come from.
 */
export interface Provenance {
  /**
   * `docs`, a page of the vendor; `sdk`, the vendor's SDK; `example`, code of users; `seed`, the documents that the project began with.
   */
  readonly source: 'seed' | 'docs' | 'sdk' | 'example'
  /**
   * Title of the page, with its ID if it has one.
   */
  readonly page: string
  /**
   * The day on which somebody last compared the operation with the page.
   */
  readonly checked: string
}
/**
 * The largest difference between the date of a signature and the clock of the gateway.
 */
export interface ClockSkewLimit {
  /**
   * The difference in seconds.
   */
  readonly maxSeconds: number
  readonly 'x-provenance': Provenance
  readonly 'x-inferred'?: Inferred
}
/**
 * When the gateway locks an access key, and for how long.
 */
export interface KeyLock {
  /**
   * Rejected signatures in a row that lock the key.
   */
  readonly failures: number
  /**
   * How long the key stays locked, in seconds.
   */
  readonly seconds: number
  readonly 'x-provenance': Provenance
  readonly 'x-inferred'?: Inferred
}
/**
 * The kinds of jobs of a service, by name.
 */
export interface JobKindSpecs {
  readonly [k: string]: JobKindSpec
}
/**
 * How jobs of one kind are read, created, started and canceled, and what their states mean.
 */
export interface JobKindSpec {
  /**
   * Name of the kind in headings and tables.
   */
  readonly title: string
  /**
   * False if jobs of the kind run until they are stopped. True by default.
   */
  readonly ends?: boolean
  /**
   * Path parameter: JSON Pointer into a job, or "" if the body lacks it. The order is the order in a job reference.
   */
  readonly key: {
    readonly [k: string]: Pointer
  }
  readonly get: GetCall
  readonly list?: ListCall
  /**
   * Operation that creates a job: JSON Pointer to the object that holds the key.
   */
  readonly create?: {
    readonly [k: string]: Pointer
  }
  readonly start?: Call
  readonly cancel?: Call
  readonly progress?: Place
  readonly logs?: LogsCall
  readonly fields: Fields
  readonly poll: Polling
  /**
   * Wire value: what it means. All values of the state are listed.
   */
  readonly states: {
    readonly [k: string]: JobStateName | StateRule
  }
  readonly simulate?: Simulation
  /**
   * Operation: values that its jobs have beyond what was submitted. Used by the mock.
   */
  readonly preset?: {
    readonly [k: string]: ValueByName
  }
  /**
   * Side effects of operations that name no job in their response. Used by the mock.
   */
  readonly effects?: readonly Effect[]
}
/**
 * Reads one job. With find, op is a list, whose items are searched for the key.
 */
export interface GetCall {
  readonly op: OperationId
  readonly at: Pointer
  readonly find?: boolean
}
export interface ListCall {
  readonly op: OperationId
  /**
   * JSON Pointer to the array of jobs.
   */
  readonly at: string
  readonly args?: ValueByName
  readonly sorted?: TimeField
  /**
   * Parameter: values to loop over.
   */
  readonly each?: {
    readonly [k: string]: readonly unknown[]
  }
  readonly filters?: {
    readonly [k: string]: string | Filter
  }
}
export interface ValueByName {
  readonly [k: string]: unknown
}
export interface Filter {
  readonly at: string | readonly string[]
  readonly match?: 'equals' | 'contains' | 'from' | 'to'
}
export interface Call {
  readonly op: OperationId
  readonly args?: ValueByName
  readonly body?: ValueByName
}
/**
 * A value in the response of an operation.
 */
export interface Place {
  readonly op: OperationId
  readonly at: Pointer
}
export interface LogsCall {
  readonly op: OperationId
  /**
   * JSON Pointer to the lines, or to one text.
   */
  readonly at: string
  readonly args?: ValueByName
  readonly each?: {
    readonly [k: string]: string | Place
  }
  readonly from?: LogPosition
  /**
   * Parameter: JSON Pointer in the previous response to the position to read on from.
   */
  readonly after?: {
    readonly [k: string]: Pointer
  }
}
export interface LogPosition {
  readonly param: string
  readonly at: Pointer
}
/**
 * JSON Pointers into a job.
 */
export interface Fields {
  readonly name?: string
  readonly state: string
  readonly createdAt?: string
  readonly startedAt?: string
  readonly updatedAt?: string
  readonly endedAt?: string
  /**
   * Run time in milliseconds.
   */
  readonly duration?: string
  readonly owner?: string
  readonly reason?: string
}
/**
 * Seconds between two polls.
 */
export interface Polling {
  readonly interval: number
  readonly max: number
}
export interface StateRule {
  readonly is: JobStateName
  readonly description?: string
  /**
   * Seconds after which the state must be seen again to be terminal.
   */
  readonly settle?: number
  /**
   * True if the state does not change by itself.
   */
  readonly rests?: boolean
  readonly inferred?: boolean
}
export interface Simulation {
  readonly create?: WireStates
  readonly run: WireStates
  readonly fail?: WireStates
  readonly cancel?: WireStates
}
export interface Effect {
  readonly op: OperationId
  readonly does: 'create' | 'start' | 'cancel'
  readonly args?: ValueByName
}
/**
 * How a list is paged. Limits and defaults stand in the schemas of the parameters.
 */
export interface Pagination {
  /**
   * What `param` holds: `page`, the number of the page; `offset`, the index of the first item; `keyset`, the key of the last item of the previous page.
   */
  readonly style: 'page' | 'offset' | 'keyset'
  /**
   * Where `param` and `size` are sent.
   */
  readonly in: 'query' | 'body'
  /**
   * The parameter that chooses the page.
   */
  readonly param: string
  /**
   * The parameter for the number of items on a page, if the list has one.
   */
  readonly size?: string
  /**
   * The number of the first page or the index of the first item. By default 1 for `page` and 0 for `offset`.
   */
  readonly first?: number
  /**
   * JSON Pointer to the array of items in the response.
   */
  readonly items: string
  /**
   * JSON Pointer to the number of all items in the response.
   */
  readonly total?: string
  /**
   * JSON Pointer in an item to the value that tells items apart.
   */
  readonly key?: string
}
