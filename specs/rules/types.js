/**
 * The shape of our extensions, told to Redocly: `struct` then refuses a misspelt key as it does anywhere else in OpenAPI,
 * and a `$ref` inside is resolved and bundled. specs/README.md says what each of them means.
 */

const string = { type: 'string' }
const strings = { type: 'array', items: string }
const number = { type: 'number' }
const boolean = { type: 'boolean' }
const anything = {}

const JOB_STATES = ['queued', 'starting', 'running', 'stopping', 'succeeded', 'failed', 'canceled', 'unknown']
const JOB_TIMES = ['createdAt', 'startedAt', 'updatedAt', 'endedAt']
const ERROR_KINDS = [
  'auth-expired',
  'auth',
  'forbidden',
  'not-found',
  'conflict',
  'quota',
  'rate-limit',
  'transient',
  'invalid',
]

const fixed = (required, optional = {}) => ({
  properties: { ...required, ...optional },
  required: Object.keys(required),
})
const map = type => ({ properties: {}, additionalProperties: type })

const types = {
  XJobs: map('XJobKind'),
  XJobKind: fixed(
    { title: string, key: 'XStringMap', get: 'XJobGet', fields: 'XJobFields', poll: 'XJobPoll', states: 'XJobStates' },
    {
      ends: boolean,
      list: 'XJobList',
      create: 'XStringMap',
      start: 'XJobCall',
      cancel: 'XJobCall',
      progress: 'XJobPlace',
      logs: 'XJobLogs',
      simulate: 'XJobSimulate',
      preset: 'XJobPresets',
      effects: 'XJobEffects',
    },
  ),
  XJobPlace: fixed({ op: string, at: string }),
  XJobLogs: fixed(
    { op: string, at: string },
    { args: 'XAnyMap', each: 'XJobParts', from: 'XJobPosition', after: 'XStringMap' },
  ),
  XJobParts: map(value => (typeof value === 'string' ? string : 'XJobPlace')),
  XJobPosition: fixed({ param: string, at: string }),
  XJobGet: fixed({ op: string, at: string }, { find: boolean }),
  XJobList: fixed(
    { op: string, at: string },
    { args: 'XAnyMap', sorted: { enum: JOB_TIMES }, each: 'XAnyMap', filters: 'XJobFilters' },
  ),
  XJobFilters: map(value => (typeof value === 'string' ? string : 'XJobFilter')),
  XJobFilter: fixed(
    { at: value => (typeof value === 'string' ? string : strings) },
    { match: { enum: ['equals', 'contains', 'from', 'to'] } },
  ),
  XJobCall: fixed({ op: string }, { args: 'XAnyMap', body: 'XAnyMap' }),
  XJobFields: fixed(
    { state: string },
    {
      name: string,
      createdAt: string,
      startedAt: string,
      updatedAt: string,
      endedAt: string,
      duration: string,
      owner: string,
      reason: string,
    },
  ),
  XJobPresets: map('XAnyMap'),
  XJobEffects: { properties: {}, items: 'XJobEffect' },
  XJobEffect: fixed({ op: string, does: { enum: ['create', 'start', 'cancel'] } }, { args: 'XAnyMap' }),
  XJobPoll: fixed({ interval: number, max: number }),
  XJobStates: map(value => (typeof value === 'string' ? { enum: JOB_STATES } : 'XJobState')),
  XJobState: fixed(
    { is: { enum: JOB_STATES } },
    { description: string, settle: number, rests: boolean, inferred: boolean },
  ),
  XJobSimulate: fixed({ run: 'XWireStates' }, { create: 'XWireStates', fail: 'XWireStates', cancel: 'XWireStates' }),
  XWireStates: { properties: {}, items: value => (typeof value === 'number' ? number : string) },

  XErrors: fixed(
    { code: strings, message: strings, kinds: 'XErrorKinds' },
    { failure: 'XErrorFailure', other: strings, requestId: strings, status: 'XStatusCodes', gateway: 'XGatewayErrors' },
  ),
  XErrorFailure: fixed({ at: string }, { in: { type: 'array', items: anything } }),
  XErrorKinds: { properties: Object.fromEntries(ERROR_KINDS.map(kind => [kind, strings])) },
  XGatewayErrors: fixed({
    prefixes: strings,
    code: strings,
    message: strings,
    requestId: strings,
    kinds: 'XErrorKinds',
    status: 'XStatusCodes',
    messages: 'XStringMap',
  }),
  XStatusCodes: map(strings),

  XGatewayLimits: fixed({ signedBody: 'XSignedBodyLimit', clockSkew: 'XClockSkewLimit', keyLock: 'XKeyLock' }),
  XSignedBodyLimit: fixed({ maxBytes: number, 'x-provenance': 'XProvenance' }, { 'x-inferred': string }),
  XClockSkewLimit: fixed({ maxSeconds: number, 'x-provenance': 'XProvenance' }, { 'x-inferred': string }),
  XKeyLock: fixed({ failures: number, seconds: number, 'x-provenance': 'XProvenance' }, { 'x-inferred': string }),

  XCredentials: fixed({ token: 'XTokenIssue', keys: 'XKeyIssue' }),
  XTokenIssue: fixed({ op: string, header: string, lifetime: number, request: 'XStringMap', response: 'XStringMap' }),
  XKeyIssue: fixed({ op: string, lifetime: strings, response: 'XStringMap' }),

  XPagination: fixed(
    { style: { enum: ['page', 'offset', 'keyset'] }, in: { enum: ['query', 'body'] }, param: string, items: string },
    { size: string, first: number, total: string, key: string },
  ),
  XProvenance: fixed({ source: { enum: ['seed', 'docs', 'sdk', 'example'] }, page: string, checked: string }),

  XStringMap: map(string),
  XAnyMap: map(anything),
}

const knownValues = { type: 'array', items: anything }

/** Where each extension may stand; the types above are reached from here. */
const places = {
  Root: {
    'x-client-name': string,
    'x-client-parameters': 'XStringMap',
    'x-jobs': 'XJobs',
    'x-errors': 'XErrors',
    'x-gateway-limits': 'XGatewayLimits',
    'x-credentials': 'XCredentials',
  },
  Server: { 'x-cloud': { enum: ['huaweicloud', 'otc'] }, 'x-region': string },
  ServerVariable: { 'x-known-values': knownValues },
  Operation: {
    'x-pagination': 'XPagination',
    'x-unpaged': string,
    'x-provenance': 'XProvenance',
    'x-retry': { enum: ['safe', 'unprocessed', 'never'] },
    'x-inferred': string,
  },
  Response: { 'x-inferred': string },
  Schema: { 'x-known-values': knownValues, 'x-sensitive': boolean },
  Header: { 'x-sensitive': boolean },
  SecurityScheme: { 'x-sensitive': boolean },
}

export function extendTypes(oas) {
  const extended = { ...oas, ...types }
  for (const [name, properties] of Object.entries(places)) {
    extended[name] = { ...oas[name], properties: { ...oas[name].properties, ...properties } }
  }
  return extended
}
