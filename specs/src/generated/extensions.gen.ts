// Generated from specs/extensions/*.schema.json. Do not edit; run `pnpm generate`.

/**
 * The prefix of the names in the generated client. For example, `Dli` is the prefix in `createDliClient`.
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
 * IDs of entries in `GAPS.md` that a response of the real service can settle. Put an ID at the schema, parameter, response, operation or server that the entry is about. An ID at the root applies to every operation.
 */
export type Gap = GapId | readonly GapId[]
export type GapId = string
/**
 * Our conclusion about something that the vendor's documents do not state, as a sentence for readers.
 */
export type Inferred = string
/**
 * The eight general states. Each kind maps the states of its service to these states. A state that a kind does not map is `unknown`.
 */
export type JobState = 'queued' | 'starting' | 'running' | 'stopping' | 'succeeded' | 'failed' | 'canceled' | 'unknown'
/**
 * The name of a time in `fields`.
 */
export type TimeField = 'createdAt' | 'startedAt' | 'updatedAt' | 'finishedAt'
/**
 * JSON Pointers, tried in this order.
 */
export type Pointers = readonly Pointer[]
/**
 * How a filter compares the value of a job with the parameter. `equals` (the default): the job has one of the values of the parameter. `not`: the job has a different value. `contains`: the value of the job contains the value of the parameter, ignoring case. `from`: the value of the job is at least the value of the parameter. `to`: the value of the job is at most the value of the parameter. `tags`: the parameter contains `key=value` pairs, separated by commas, and the job has all these tags.
 */
export type MatchRule = 'equals' | 'not' | 'contains' | 'from' | 'to' | 'tags'
/**
 * The documented values of an open enum. The service can send or accept other values.
 *
 * @minItems 1
 */
export type KnownValues = readonly (string | number)[]
/**
 * The value that the mock writes instead of the example. `now` is the current time of the mock, in milliseconds. `$name` is the value with this name in the request. If the format of the schema is `date-time`, the mock converts a number to a date.
 */
export type MockValue = string
/**
 * What `param` contains. `page`: the number of the page. `offset`: the index of the first item. `keyset`: the key of the last item of the previous page.
 */
export type PaginationStyle = 'page' | 'offset' | 'keyset'
/**
 * The region of a server whose host does not follow the pattern of its cloud.
 */
export type RegionId = string
/**
 * After which failures a client may retry the operation. `safe`: after any transient failure. `unprocessed`: only if the server cannot have processed the request. `never`: the client does not retry. The default is `safe` for GET and HEAD, and `unprocessed` for other methods.
 */
export type RetryMode = 'safe' | 'unprocessed' | 'never'
/**
 * Marks a secret: clients never put the value into an error or a log. If `true` is set on a property, every member with the name of this property is a secret, in the request bodies of all operations.
 */
export type Sensitive = true | SensitiveUnder
/**
 * Why the responses of a list operation have no pages, as a sentence for readers.
 */
export type Unpaged = string

/**
 * All extensions, for all objects of an OpenAPI document.
 */
export interface Extensions {
  readonly 'x-client-name'?: ClientName
  readonly 'x-client-parameters'?: ClientParameters
  readonly 'x-cloud'?: CloudName
  readonly 'x-credentials'?: CredentialsSpec
  readonly 'x-errors'?: ErrorsSpec
  readonly 'x-gap'?: Gap
  readonly 'x-gateway-limits'?: GatewayLimits
  readonly 'x-inferred'?: Inferred
  readonly 'x-jobs'?: JobKindSpecs
  readonly 'x-known-values'?: KnownValues
  readonly 'x-mock-value'?: MockValue
  readonly 'x-pagination'?: Pagination
  readonly 'x-provenance'?: Provenance
  readonly 'x-region'?: RegionId
  readonly 'x-resources'?: ResourceSpecs
  readonly 'x-retry'?: RetryMode
  readonly 'x-sensitive'?: Sensitive
  readonly 'x-unpaged'?: Unpaged
}
/**
 * Path parameters that callers can set once, as options of the client. Each key is a path parameter, and its value is the name of the option. Every client has the option `projectId` for `project_id`, so do not list this option.
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
  readonly operation: string
  /**
   * The response header that holds the token.
   */
  readonly header: string
  /**
   * How long a token is valid, in seconds.
   */
  readonly lifetime: number
  /**
   * JSON Pointers into the request body, for `user`, `password`, `account` and `project`. The pointer of `project` leads to an object with `id` and `name`.
   */
  readonly request: {
    readonly [k: string]: Pointer
  }
  /**
   * JSON Pointers into the response body, for `issuedAt`, `expiresAt`, `user`, `account` and `project`.
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
  readonly operation: string
  /**
   * JSON Pointers into the request body, to the lifetime of the keys in seconds. They are tried in this order.
   */
  readonly lifetime: readonly Pointer[]
  /**
   * JSON Pointers into the response body, for `accessKey`, `secretKey`, `securityToken` and `expiresAt`.
   */
  readonly response: {
    readonly [k: string]: Pointer
  }
}
/**
 * How to recognize an error response, where its code and message are, and what the codes mean.
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
   * JSON Pointers to the ID of the request. They are tried in this order, after the headers in `requestIdHeaders`.
   */
  readonly requestId?: readonly Pointer[]
  /**
   * Names of response headers with the ID of the request. They are tried in this order, before the pointers in `requestId`.
   */
  readonly requestIdHeaders?: readonly string[]
  readonly kinds: CodesByKind
  readonly fixes?: FixesByCode
  /**
   * Known codes that mean the same as their HTTP status. Only the linter reads this list. The bundle does not contain it.
   */
  readonly other?: readonly string[]
  readonly status?: CodesByStatus
  readonly messages?: GatewayMessages
  readonly gateway?: GatewayErrors
}
/**
 * How to recognize an error response with a 2xx status. With `in`, the value at the pointer `at` must be one of the values in `in`. Without `in`, any value at this pointer means an error, except null, an empty text, an object and an array.
 */
export interface FailureRule {
  /**
   * JSON Pointer to the value that distinguishes success from failure.
   */
  readonly at: string
  /**
   * The values that mean a failure. They are written in lower case, because they are compared with the lower-case text of the value. `false` also matches the text `"False"`.
   *
   * @minItems 1
   */
  readonly in?: readonly (string | number | boolean)[]
  /**
   * Schema of a response body that reports a failure. If the body is an array, this is the schema of each item that reports a failure.
   */
  readonly schema?: {
    readonly [k: string]: unknown
  }
}
/**
 * Error codes, grouped by their meaning. A comparison of codes ignores upper and lower case.
 */
export interface CodesByKind {
  readonly [k: string]: readonly string[]
}
/**
 * What to do about an error, by error code. Add a text only for a code to which the general advice for its kind does not apply. The documentation shows these texts. They are Markdown without links.
 */
export interface FixesByCode {
  readonly [k: string]: string
}
/**
 * Error codes, by the HTTP status that the service always sends with them.
 */
export interface CodesByStatus {
  readonly [k: string]: readonly string[]
}
/**
 * Messages of the gateway, by cause. The mock sends them, and replaces each `{name}` with a value.
 */
export interface GatewayMessages {
  readonly [k: string]: string
}
/**
 * Errors of the API gateway, which every service shares. The bundler merges them into the other properties of `x-errors`, and removes this property.
 */
export interface GatewayErrors {
  /**
   * Prefixes of the codes. The other properties list the codes without a prefix.
   */
  readonly prefixes: readonly string[]
  /**
   * JSON Pointers to the error code. They are tried after the pointers of the service.
   */
  readonly code: readonly Pointer[]
  /**
   * JSON Pointers to the message. They are tried after the pointers of the service.
   */
  readonly message: readonly Pointer[]
  /**
   * JSON Pointers to the ID of the request. They are tried after the pointers of the service.
   */
  readonly requestId: readonly Pointer[]
  /**
   * Names of response headers with the ID of the request. They are tried after the headers of the service.
   */
  readonly requestIdHeaders: readonly string[]
  readonly kinds: CodesByKind
  readonly status: CodesByStatus
  readonly fixes?: FixesByCode
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
 * The source of the facts about an operation, or about a schema that has a different source than the operations that use it.
 */
export interface Provenance {
  /**
   * `docs`: a page of the vendor. `sdk`: the vendor's SDK. `example`: code of users. `seed`: the documents that the project began with.
   */
  readonly source: 'seed' | 'docs' | 'sdk' | 'example'
  /**
   * Title of the page, with its ID if it has one, or the file of the SDK.
   */
  readonly page: string
  /**
   * The day on which we last compared the description with the page.
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
   * How many consecutive rejected signatures the gateway allows. One more rejected signature locks the key.
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
 * The kinds of jobs of a service, by name. Each has its own file, `jobs/<kind>.yaml`.
 */
export interface JobKindSpecs {
  readonly [k: string]: JobKindSpec
}
/**
 * One kind of job: the operations on its jobs, the fields of a job and the meaning of its states.
 */
export interface JobKindSpec {
  /**
   * Name of the kind in headings and tables.
   */
  readonly title: string
  /**
   * A description of the kind, in sentences.
   */
  readonly description?: string
  /**
   * False if jobs of the kind run until they are stopped.
   */
  readonly endsByItself?: boolean
  /**
   * The path parameters that identify a job, in the order of a job reference. Each key is the name of a parameter. Its value is the JSON Pointer to the value of the parameter in a job, or `''` if jobs do not contain this value.
   */
  readonly key: {
    readonly [k: string]: Pointer
  }
  readonly operations: JobOperations
  readonly fields: JobFields
  /**
   * JSON Pointer to the name of the queue that a job runs on. The name can be missing in a job.
   */
  readonly queue?: string
  /**
   * The computing resources of a job. Each key is a label for readers, and its value is a JSON Pointer into a job. A job can lack any of these resources.
   */
  readonly resources?: {
    readonly [k: string]: Pointer
  }
  readonly resubmit?: JobResubmission
  readonly savepoints?: JobSavepoints
  readonly events?: JobEvents
  readonly metrics?: JobMetrics
  /**
   * The meaning of each state. The keys are the states that the service sends. They are also the known values of the schema that `fields.state` points to, so this schema does not have to list them.
   */
  readonly states: {
    readonly [k: string]: JobStateRule
  }
  readonly polling: Polling
  readonly list?: JobList
  /**
   * Other operations that list jobs of the kind, for example the jobs of one cluster.
   *
   * @minItems 1
   */
  readonly otherLists?: readonly OtherJobList[]
  readonly simulation?: JobSimulation
}
/**
 * Every operation that uses jobs of the kind, by its role.
 */
export interface JobOperations {
  readonly get: GetJobOperation
  readonly list?: ListJobsOperation
  /**
   * Operations that create a job and return its key.
   *
   * @minItems 1
   */
  readonly create?: readonly CreateJobOperation[]
  /**
   * Operations that start a new job, or start an ended job again. If there are several, the one that takes a single job is marked with `default`.
   *
   * @minItems 1
   */
  readonly start?: readonly JobOperation[]
  /**
   * Operations that cancel or stop a job. If there are several, the one that takes a single job is marked with `default`.
   *
   * @minItems 1
   */
  readonly cancel?: readonly JobOperation[]
  /**
   * Operations that change what was submitted for a job.
   *
   * @minItems 1
   */
  readonly update?: readonly JobOperation[]
  /**
   * Operations that delete a job and its record.
   *
   * @minItems 1
   */
  readonly delete?: readonly JobOperation[]
  readonly logs?: ReadLogsOperation
  readonly progress?: ReadProgressOperation
  /**
   * Operations that read other data of an existing job, or act on a part of a job. Such a part is, for example, one trial of a training job.
   *
   * @minItems 1
   */
  readonly views?: readonly JobOperation[]
}
/**
 * Reads one job. If `find` is true, the operation returns a list, and the client searches this list for the key of the job.
 */
export interface GetJobOperation {
  /**
   * The operation.
   */
  readonly operation: string
  /**
   * JSON Pointer to the job in the response or, with `find`, to the array of jobs.
   */
  readonly at: string
  /**
   * True if no operation reads a single job. Then the client searches a list for the job.
   */
  readonly find?: boolean
}
/**
 * Lists jobs of the kind.
 */
export interface ListJobsOperation {
  /**
   * The operation.
   */
  readonly operation: string
  /**
   * JSON Pointer to the array of jobs in the response.
   */
  readonly at: string
}
/**
 * Creates a job.
 */
export interface CreateJobOperation {
  /**
   * The operation.
   */
  readonly operation: string
  /**
   * JSON Pointer to the object in the response that contains the key of the job. If this object does not contain a part of the key, that part is an argument of the call.
   */
  readonly at: string
  /**
   * The request body. `$name` stands for the part `name` of the key.
   */
  readonly body?: ValueByName | readonly unknown[]
  /**
   * Values of the response, by JSON Pointer. If all values are equal, the operation has already finished its work, and the response may contain no job. Absent if each response contains a job.
   */
  readonly completed?: {
    readonly [k: string]: unknown
  }
  /**
   * Marks the operation that tools use by default. If there are several operations, exactly one has the mark.
   */
  readonly default?: true
}
/**
 * Values by name.
 */
export interface ValueByName {
  readonly [k: string]: unknown
}
/**
 * An operation on jobs. A path or query parameter that has the name of a part of the key gets the value of this part. If the request does not contain a part of the key, the operation applies to every job that matches the other parts.
 */
export interface JobOperation {
  /**
   * The operation.
   */
  readonly operation: string
  /**
   * Arguments of the call in addition to the key, by name.
   */
  readonly args?: {
    readonly [k: string]: unknown
  }
  /**
   * The request body. `$name` stands for the part `name` of the key. If the only item of an array is such a `$name`, the array can contain the keys of several jobs.
   */
  readonly body?: ValueByName | readonly unknown[]
  /**
   * JSON Pointer to a job in the response. Absent if the response contains no job.
   */
  readonly at?: string
  /**
   * Marks the operation that tools use by default. If there are several operations, exactly one has the mark.
   */
  readonly default?: true
}
/**
 * Reads a log of a job. Without `after`, each response contains the whole log or the end of the log.
 */
export interface ReadLogsOperation {
  /**
   * The operation.
   */
  readonly operation: string
  /**
   * JSON Pointer to the array of lines in the response, or to a single text.
   */
  readonly at: string
  /**
   * Which part of the log can be read, and where the rest is, in sentences. The first sentence is a summary: `jobscope logs` prints it.
   */
  readonly coverage: string
  /**
   * Arguments of the call in addition to the key, by name.
   */
  readonly args?: {
    readonly [k: string]: unknown
  }
  /**
   * The parameter that chooses one of several logs of a job. The source of its possible values is either a JSON Pointer into the job, or an operation that lists the logs.
   */
  readonly each?: {
    readonly [k: string]: Pointer | LogNames
  }
  /**
   * Parameters that request the part of the log after the previous response. Each key is a parameter, and its value is a JSON Pointer into the previous response.
   */
  readonly after?: {
    readonly [k: string]: Pointer
  }
}
/**
 * The operation that lists the logs of a job.
 */
export interface LogNames {
  /**
   * The operation.
   */
  readonly operation: string
  /**
   * JSON Pointer to the array of names in the response.
   */
  readonly at: string
}
/**
 * Reads the progress of a running job.
 */
export interface ReadProgressOperation {
  /**
   * The operation.
   */
  readonly operation: string
  /**
   * JSON Pointer to the progress in the response. The progress is a number from 0 to 1.
   */
  readonly at: string
}
/**
 * JSON Pointers into a job. Times are in milliseconds since the epoch.
 */
export interface JobFields {
  /**
   * The name that the user gave the job.
   */
  readonly name?: string
  /**
   * The state. It is a key of `states`.
   */
  readonly state: string
  /**
   * When the job was created.
   */
  readonly createdAt?: string
  /**
   * When the job started.
   */
  readonly startedAt?: string
  /**
   * When the job last changed.
   */
  readonly updatedAt?: string
  /**
   * When the job reached a terminal state.
   */
  readonly finishedAt?: string
  /**
   * The run time in milliseconds. It may be missing before the job starts.
   */
  readonly duration?: string
  /**
   * Who submitted the job. It may be missing.
   */
  readonly owner?: string
  /**
   * The service's explanation of the state: a text or an array of lines.
   */
  readonly reason?: string
}
/**
 * How to create a job again from the response of `get`, either with `at` or with `body`. Present only if the vendor's documents say that the response contains the request that created the job.
 */
export interface JobResubmission {
  /**
   * The operation that creates the new job.
   */
  readonly operation: string
  /**
   * JSON Pointer to the whole request body in a job. The request body is an object or JSON in a string.
   */
  readonly at?: string
  /**
   * Members of the request body, each with the JSON Pointer to its value in a job. A member whose value is missing is omitted.
   */
  readonly body?: {
    readonly [k: string]: Pointer
  }
  /**
   * What the new job lacks, because the response of `get` does not contain it. Messages append this text to `the new job lacks`.
   */
  readonly omits?: string
}
/**
 * How to stop a job with a savepoint, and how to start it from its latest savepoint.
 */
export interface JobSavepoints {
  /**
   * Takes a savepoint and stops the job.
   */
  readonly stop: {
    /**
     * The operation.
     */
    readonly operation: string
    /**
     * Arguments of the call in addition to the key, by name.
     */
    readonly args?: {
      readonly [k: string]: unknown
    }
    /**
     * The request body. `$name` stands for the part `name` of the key. If the only item of an array is such a `$name`, the array can contain the keys of several jobs.
     */
    readonly body?: ValueByName | readonly unknown[]
    /**
     * JSON Pointer to a job in the response. Absent if the response contains no job.
     */
    readonly at?: string
    /**
     * Marks the operation that tools use by default. If there are several operations, exactly one has the mark.
     */
    readonly default?: true
  }
  /**
   * Starts the job from its latest savepoint.
   */
  readonly restore: {
    /**
     * The operation.
     */
    readonly operation: string
    /**
     * Arguments of the call in addition to the key, by name.
     */
    readonly args?: {
      readonly [k: string]: unknown
    }
    /**
     * The request body. `$name` stands for the part `name` of the key. If the only item of an array is such a `$name`, the array can contain the keys of several jobs.
     */
    readonly body?: ValueByName | readonly unknown[]
    /**
     * JSON Pointer to a job in the response. Absent if the response contains no job.
     */
    readonly at?: string
    /**
     * Marks the operation that tools use by default. If there are several operations, exactly one has the mark.
     */
    readonly default?: true
  }
}
/**
 * The operation that returns the events of a job, and where an event contains its data.
 */
export interface JobEvents {
  /**
   * The operation. It takes the key of the job as parameters.
   */
  readonly operation: string
  /**
   * JSON Pointer to the array of events in the response.
   */
  readonly at: string
  /**
   * JSON Pointer to the time in an event.
   */
  readonly time?: string
  /**
   * JSON Pointer to the severity in an event.
   */
  readonly level?: string
  /**
   * JSON Pointer to the text in an event.
   */
  readonly message: string
}
/**
 * The operation that returns measurements of a job, and where the response contains them.
 */
export interface JobMetrics {
  /**
   * The operation. It takes the key of the job as parameters or in `body`.
   */
  readonly operation: string
  /**
   * The request body. `$name` stands for the part `name` of the key.
   */
  readonly body?: {
    readonly [k: string]: unknown
  }
  /**
   * A parameter that chooses a part of the job, with the JSON Pointer to its possible values in the job. The client calls the operation once for each value.
   */
  readonly each?: {
    readonly [k: string]: Pointer
  }
  /**
   * JSON Pointer to the measurements in the response.
   */
  readonly at: string
}
/**
 * The meaning of one state of a kind.
 */
export interface JobStateRule {
  readonly is: JobState
  /**
   * What the state means, in sentences. The state tables of the documentation show them.
   */
  readonly description?: string
  /**
   * How many seconds a terminal state must last before it counts as final. Present only if a job can leave the state again.
   */
  readonly settle?: number
  /**
   * The field with the time when the job entered this state. `settle` counts from this time. Without `settleFrom`, `settle` counts from the first poll that finds the state. When a job in this state starts again, the service must update the field before it changes the state. Otherwise, do not set `settleFrom`. If a later response for the same state contains a later time, clients assume that the job has left the state and entered it again.
   */
  readonly settleFrom?: 'updatedAt' | 'finishedAt'
  /**
   * True if the state is not terminal, but a job leaves it only after a request, for example a request that starts the job.
   */
  readonly stable?: boolean
  /**
   * True if the meaning is our conclusion, because the vendor's documents do not state the meaning.
   */
  readonly inferred?: boolean
}
/**
 * How often to poll a job, in seconds.
 */
export interface Polling {
  /**
   * The first pause between two polls, in seconds.
   */
  readonly interval: number
  /**
   * The longest pause between two polls, in seconds.
   */
  readonly maxInterval: number
}
/**
 * How `operations.list` sorts and filters.
 */
export interface JobList {
  /**
   * Arguments that return the newest jobs first.
   */
  readonly args?: {
    readonly [k: string]: unknown
  }
  readonly sortedBy?: TimeField
  /**
   * Parameters that the list operation requires, each with all its possible values. To list all jobs, call the operation once for each value.
   */
  readonly each?: {
    /**
     * @minItems 1
     */
    readonly [k: string]: readonly unknown[]
  }
  /**
   * How parameters sort the list. For each parameter, this object contains the possible values and what each value does. Without a sort parameter, the newest jobs come first.
   */
  readonly sort?: {
    readonly [k: string]: {
      readonly [k: string]: SortOrder
    }
  }
  /**
   * Parameters that filter the list. Each parameter has a JSON Pointer or a rule. With a JSON Pointer, a job matches if its value at the pointer equals the parameter.
   */
  readonly filters?: {
    readonly [k: string]: Pointer | JobFilter
  }
  readonly conditions?: FilterConditions
  /**
   * Parameters that the mock ignores. Some choose which fields of a job the list contains, and do not select jobs. Others refer to data that is neither in a job nor in the request that created the job.
   *
   * @minItems 1
   */
  readonly ignored?: readonly string[]
}
/**
 * What a value of a sort parameter does. Without `by`, jobs are sorted by the time of their creation.
 */
export interface SortOrder {
  /**
   * The value in a job to sort by.
   */
  readonly by?: string
  /**
   * The sort direction. By default, another sort parameter sets the direction. If no other parameter sets a direction, the direction is ascending.
   */
  readonly direction?: 'ascending' | 'descending'
}
/**
 * Which jobs a parameter selects.
 */
export interface JobFilter {
  /**
   * JSON Pointer to the value in a job. If there are several pointers, at least one of the values must match.
   */
  readonly at: Pointer | Pointers
  readonly match?: MatchRule
  /**
   * Whether `at` points into the job, or into the body of the request that created the job. Use `request` for values that jobs do not contain. If the request did not contain the value, the job matches.
   */
  readonly in?: 'job' | 'request'
  /**
   * Values of the parameter that select all jobs.
   *
   * @minItems 1
   */
  readonly selectsAll?: readonly (string | number)[]
  /**
   * True if the vendor's documents do not say which jobs the parameter selects.
   */
  readonly inferred?: boolean
}
/**
 * An array of conditions in the request body. A job must meet all conditions.
 */
export interface FilterConditions {
  /**
   * JSON Pointer to the array in the request body.
   */
  readonly at: string
  /**
   * JSON Pointer to the name of the field in a condition.
   */
  readonly field: string
  /**
   * JSON Pointer to the operator in a condition.
   */
  readonly operator: string
  /**
   * JSON Pointer to the array of values in a condition. An empty array selects all jobs.
   */
  readonly values: string
  /**
   * What each operator does. `between` takes two values: the smallest and the largest.
   */
  readonly operators: {
    readonly [k: string]: MatchRule | 'between'
  }
  /**
   * Names of fields, each with the JSON Pointer to its value in a job.
   */
  readonly fields: {
    readonly [k: string]: Pointer
  }
  /**
   * Names of fields whose value is neither in a job nor in the request that created the job.
   *
   * @minItems 1
   */
  readonly ignored?: readonly string[]
}
/**
 * Another list of jobs of the kind.
 */
export interface OtherJobList {
  /**
   * The operation.
   */
  readonly operation: string
  /**
   * JSON Pointer to the array of jobs in the response.
   */
  readonly at: string
  /**
   * How parameters sort the list. For each parameter, this object contains the possible values and what each value does. Without a sort parameter, the newest jobs come first.
   */
  readonly sort?: {
    readonly [k: string]: {
      readonly [k: string]: SortOrder
    }
  }
  /**
   * Parameters that filter the list. Each parameter has a JSON Pointer or a rule. With a JSON Pointer, a job matches if its value at the pointer equals the parameter.
   */
  readonly filters?: {
    readonly [k: string]: Pointer | JobFilter
  }
  /**
   * Parameters that the mock ignores. Some choose which fields of a job the list contains, and do not select jobs. Others refer to data that is neither in a job nor in the request that created the job.
   *
   * @minItems 1
   */
  readonly ignored?: readonly string[]
}
/**
 * Data for the simulation of jobs of the kind. Only the mock reads it.
 */
export interface JobSimulation {
  readonly paths: StatePaths
  /**
   * Values that a new job has in addition to the submitted values, for each operation that creates jobs. `$name` is the submitted value with that name.
   */
  readonly presets?: {
    /**
     * JSON Pointers into the job, each with the value that it points to.
     */
    readonly [k: string]: {
      readonly [k: string]: unknown
    }
  }
  /**
   * The states of a job in which an operation is allowed. An operation is listed only if the documents name these states. In any other state, the operation returns the error in `rejections`. If `rejections` does not contain the operation, it returns its error of the kind `conflict`. These defaults apply to operations that are not listed: A job can be canceled until it ends. A job can be started if it has ended or waits for a start. All other operations are allowed in every state.
   */
  readonly allowedStates?: {
    readonly [k: string]: AllowedStates
  }
  /**
   * The error code of operations for a job that does not exist. Present only if some of these operations also document other errors of the kind `not-found`. An operation without an example of this code returns its first error of the kind `not-found`.
   */
  readonly notFound?: string
  /**
   * The error code that an operation returns if the state of the job does not allow the call. Present only if `x-errors` does not list this code as `conflict`.
   */
  readonly rejections?: {
    /**
     * Error code of one of the error examples of the operation.
     */
    readonly [k: string]: string
  }
  readonly failure?: JobFailure
  readonly seeds?: JobSeeds
  /**
   * How operations that are not in `operations` affect jobs.
   *
   * @minItems 1
   */
  readonly effects?: readonly JobEffect[]
}
/**
 * The states that a simulated job has, one after the other.
 */
export interface StatePaths {
  /**
   * States of a new job, for a kind whose jobs wait until they are started.
   *
   * @minItems 1
   */
  readonly create?: readonly (string | number)[]
  /**
   * States of a job that succeeds, or that runs until it is stopped.
   *
   * @minItems 1
   */
  readonly run: readonly (string | number)[]
  /**
   * States of a job that fails.
   *
   * @minItems 1
   */
  readonly fail?: readonly (string | number)[]
  /**
   * States of a job after its cancellation.
   *
   * @minItems 1
   */
  readonly cancel?: readonly (string | number)[]
}
/**
 * The states in which an operation is allowed. Either `only` or `except` is set.
 */
export interface AllowedStates {
  /**
   * The operation is allowed only in these states.
   *
   * @minItems 1
   */
  readonly only?: readonly JobState[]
  /**
   * The operation is allowed in all states except these.
   *
   * @minItems 1
   */
  readonly except?: readonly JobState[]
}
/**
 * Values that a failed job has in the mock, so that users see a failure with a cause. These values are invented for the mock, and are not facts about a service. A canceled job does not have these values, even if its state counts as failed.
 */
export interface JobFailure {
  /**
   * JSON Pointers into the job, each with the value that it points to. If the kind has `fields.reason`, the pointer in `fields.reason` must be one of these pointers.
   */
  readonly job?: {
    readonly [k: string]: unknown
  }
  /**
   * Values in the responses of operations that return something other than the job, such as its log. Each key is an operation.
   */
  readonly responses?: {
    /**
     * JSON Pointers into the response, each with the value that it points to.
     */
    readonly [k: string]: {
      readonly [k: string]: unknown
    }
  }
}
/**
 * The times of the jobs that exist when the mock starts. All values are in seconds.
 */
export interface JobSeeds {
  /**
   * The length of the period in which the jobs were created. The period ends when the mock starts. Most jobs were created near the end of the period.
   */
  readonly period: number
  /**
   * Shortest and longest time that a job stays in a state in which it does not run yet.
   *
   * @minItems 2
   * @maxItems 2
   */
  readonly waiting: readonly number[]
  /**
   * Shortest and longest time that a job stays in a state in which it runs.
   *
   * @minItems 2
   * @maxItems 2
   */
  readonly running: readonly number[]
}
/**
 * The effect of an operation on a job, apart from the response.
 */
export interface JobEffect {
  /**
   * The operation.
   */
  readonly operation: string
  /**
   * `create` creates one job. `start` and `cancel` apply to every job whose key matches the parts of the key in the request.
   */
  readonly does: 'create' | 'start' | 'cancel'
  /**
   * The effect takes place only if the call has these arguments.
   */
  readonly args?: {
    readonly [k: string]: unknown
  }
  /**
   * The request body. `$name` stands for the part `name` of the key. If the only item of an array is such a `$name`, the array can contain the keys of several jobs.
   */
  readonly body?: ValueByName | readonly unknown[]
  /**
   * Parts of the key of the created job, each with the JSON Pointer to its value in the response.
   */
  readonly shows?: {
    readonly [k: string]: Pointer
  }
}
/**
 * How a list is paged. Limits and defaults are in the schemas of the parameters.
 */
export interface Pagination {
  readonly style: PaginationStyle
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
   * The number of the first page or the index of the first item. The default is 1 for `page`, and 0 for `offset`.
   */
  readonly first?: number
  readonly backwards?: BackwardPaging
  /**
   * JSON Pointer to the array of items in the response. The schema of the response must require the array, because clients reject a response without it. The array can be null if it is empty.
   */
  readonly items: string
  /**
   * JSON Pointer into the response, to the total number of items on all pages.
   */
  readonly total?: string
  /**
   * JSON Pointer in an item to the value that identifies the item.
   */
  readonly key?: string
}
/**
 * How to request the page before the key instead of the page after the key.
 */
export interface BackwardPaging {
  /**
   * The parameter that chooses the direction.
   */
  readonly param: string
  /**
   * The value for the page before the key.
   */
  readonly value: string | boolean
}
/**
 * Objects other than jobs that a service stores, such as templates. Each key is the name of one kind of object. The mock stores the objects that requests create.
 */
export interface ResourceSpecs {
  readonly [k: string]: ResourceSpec
}
/**
 * One kind of object that a service stores. An object of this kind is called an item.
 */
export interface ResourceSpec {
  /**
   * A noun without an article, for error messages.
   */
  readonly title: string
  /**
   * What identifies an item: the name of the path parameter, with the JSON Pointer to its value in an item.
   */
  readonly key: {
    readonly [k: string]: Pointer
  }
  /**
   * JSON Pointers to the times of an item: when it was created, and when it last changed.
   */
  readonly times?: {
    /**
     * When the item was created.
     */
    readonly created?: string
    /**
     * When the item last changed.
     */
    readonly updated?: string
  }
  /**
   * The operations on the items, by role.
   */
  readonly operations: {
    /**
     * Creates an item.
     */
    readonly create: {
      /**
       * The operation.
       */
      readonly operation: string
      /**
       * JSON Pointer to the item in the response. Absent if the response does not contain the item.
       */
      readonly at?: string
    }
    /**
     * Lists the items. `at` is the JSON Pointer to the array of items.
     */
    readonly list: {
      /**
       * The operation.
       */
      readonly operation: string
      /**
       * JSON Pointer to the array of items in the response.
       */
      readonly at: string
      /**
       * JSON Pointer into the response, to the total number of items.
       */
      readonly total?: string
    }
    /**
     * Reads one item.
     */
    readonly get?: {
      /**
       * The operation.
       */
      readonly operation: string
      /**
       * JSON Pointer to the item in the response. Absent if the response does not contain the item.
       */
      readonly at?: string
    }
    /**
     * Changes an item.
     */
    readonly update?: {
      /**
       * The operation.
       */
      readonly operation: string
      /**
       * JSON Pointer to the key in the request body. Absent if the path contains the key.
       */
      readonly keys?: string
      /**
       * True if the item loses the members that the request body does not contain. Otherwise, these members keep their values.
       */
      readonly replaces?: true
    }
    /**
     * Deletes the item in the path, or the items in the request body. Several resources can have the same operation. Then the operation deletes items of all these resources.
     */
    readonly delete?: {
      /**
       * The operation.
       */
      readonly operation: string
      /**
       * JSON Pointer to the key or the keys in the request body. Absent if the path contains the key.
       */
      readonly keys?: string
    }
  }
}
/**
 * A secret with a common name, such as `id`. A member with this name is a secret only inside the object that `under` names.
 */
export interface SensitiveUnder {
  /**
   * Name of the member whose value is the object with the secret. Outside this object, a member with the name of the secret is not a secret.
   */
  readonly under: string
}
