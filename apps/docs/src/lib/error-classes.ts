/** A page about an error class. Its sample is `src/samples/error-classes/<slug>.ts`. */
export interface ErrorClass {
  readonly name: string
  readonly package: '@jobscope/core' | '@jobscope/jobs'
  /** What the error means. The description of the page has the same text without the backticks. */
  readonly summary: string
  readonly causes: readonly string[]
  readonly fixes: readonly string[]
  /** Guides with details. */
  readonly links: readonly (readonly [label: string, path: string])[]
}

export const getSlug = ({ name }: Pick<ErrorClass, 'name'>): string =>
  name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()

export const errorClasses: readonly ErrorClass[] = [
  {
    name: 'ApiError',
    package: '@jobscope/core',
    summary: 'The service or its gateway reported a failure.',
    causes: [
      'The service responded with a 4xx or 5xx status.',
      'The service responded with status 200 and a body that reports a failure, such as `is_success: false`.',
      'An item of a bulk action failed.',
    ],
    fixes: [
      'Let your program decide by `kind`, which has the same meaning for all services.',
      'Look up `code` in the list of error codes. Each code has an entry with its cause and fix.',
      'If you ask the vendor for help, quote `requestId`.',
    ],
    links: [
      ['Error codes', '/error-codes/'],
      ['Error kinds', '/errors/#error-kinds'],
    ],
  },
  {
    name: 'AuthError',
    package: '@jobscope/core',
    summary: 'The service rejected the credentials.',
    causes: [
      'The access key does not exist, or the secret key is wrong.',
      'The token is wrong or has expired, or it belongs to another project or region.',
      'The clock of this machine differs too much from the clock of the gateway.',
      'A proxy changed the path, the query or a signed header, so the signature does not match.',
      'The access key is locked after several wrong signatures.',
    ],
    fixes: [
      'Run `jobscope login`. It shows which credentials were found and checks them with each service.',
      'Use credentials that are renewed automatically, or pass a function to `token()`.',
      'Do not repeat the request in a loop. Wait five minutes if the key is locked.',
    ],
    links: [
      ['Credentials', '/credentials/'],
      ['Locked access keys', '/credentials/#locked-access-keys'],
    ],
  },
  {
    name: 'RateLimitError',
    package: '@jobscope/core',
    summary:
      'The service rejected the request and all its retries with status 429, because it received too many requests.',
    causes: ['The account sent too many requests in a short time. The requests of all its programs count.'],
    fixes: [
      'Wait for `retryAfter` milliseconds.',
      'Poll less often, or watch many jobs together: `jobs.watch` and `jobs.wait` poll lists instead of single jobs.',
      'Share one client per service, so that all calls share its retry budget.',
    ],
    links: [
      ['Retries and timeouts', '/retries/'],
      ['Jobs of all services', '/jobs/#polling'],
    ],
  },
  {
    name: 'NetworkError',
    package: '@jobscope/core',
    summary: 'The connection failed, or it broke before the response was complete.',
    causes: [
      'The host name does not exist (`ENOTFOUND`). Often, the region or the cloud is wrong.',
      'A proxy or firewall blocks the connection (`ECONNREFUSED`, `ECONNRESET`, `ETIMEDOUT`).',
      'The certificate is not trusted, for example because a company proxy replaces it.',
    ],
    fixes: [
      'Check `region`, `cloud` and `endpoint`.',
      'Set the proxy and the certificate authority.',
      'If `mayHaveHappened` is true, check whether the request had an effect before you repeat it.',
    ],
    links: [
      ['Proxies and certificates', '/proxies/'],
      ['Lost responses', '/errors/#lost-responses'],
    ],
  },
  {
    name: 'TimeoutError',
    package: '@jobscope/core',
    summary: 'There was no complete response before the timeout of the call.',
    causes: [
      'The service or the network is slow.',
      'The timeout is too short for the retries that the call needs.',
      'A proxy accepts the connection and never forwards it.',
    ],
    fixes: [
      'Set a longer `timeout` for the call, or a longer `attemptTimeout` for the client.',
      'A request that creates a job may have taken effect. Use `idempotency: findOrCreate` to find the job.',
      'A `TimeoutError` is about the timeout of one call. If a wait reaches its timeout, it throws a `WaitTimeoutError`.',
    ],
    links: [
      ['Retries and timeouts', '/retries/#timeouts'],
      ['Proxies and certificates', '/proxies/'],
    ],
  },
  {
    name: 'ResponseError',
    package: '@jobscope/core',
    summary: 'The service or a proxy returned a response that the API does not define.',
    causes: [
      'A portal or proxy returned an HTML page instead of JSON.',
      'The endpoint returned a redirect. Clients do not follow redirects, so that credentials never reach another host.',
      'The body is larger than `maxResponseBytes`.',
    ],
    fixes: [
      'Open the endpoint with curl from the same machine and read the response.',
      'Correct `endpoint`, or configure the proxy.',
      'Raise `maxResponseBytes`, or request smaller pages.',
    ],
    links: [
      ['Unexpected responses', '/errors/#unexpected-responses'],
      ['Proxies and certificates', '/proxies/'],
    ],
  },
  {
    name: 'CredentialsError',
    package: '@jobscope/core',
    summary: 'No credentials are available, or they cannot be renewed. Nothing was sent.',
    causes: [
      'No source has credentials: no environment variables, no profile, no `clouds.yaml`, no agency.',
      'IAM rejected the password, or cannot be reached.',
    ],
    fixes: [
      'Read `tried`: it lists each source and the reason why it failed.',
      'Set the environment variables of one source, or pass `credentials` to the client.',
      'If `isTransient` is true, repeat the call after `retryAfter` milliseconds.',
    ],
    links: [
      ['Credential discovery', '/credentials/#credential-discovery'],
      ['Missing credentials', '/credentials/#missing-credentials'],
    ],
  },
  {
    name: 'ConfigurationError',
    package: '@jobscope/core',
    summary: 'An option of a client, of credentials or of a call is missing or wrong. Nothing was sent.',
    causes: [
      'An environment variable that should contain the value is not set.',
      'The option contains spaces or line breaks, for example from a copied key.',
      'The region belongs to the other cloud.',
    ],
    fixes: ['Read `option`: it is the path of the option. The message says what is wrong with this option.'],
    links: [
      ['Quickstart', '/quickstart/'],
      ['Credentials', '/credentials/'],
    ],
  },
  {
    name: 'ArgumentError',
    package: '@jobscope/core',
    summary: 'An argument of a call is missing or wrong. Nothing was sent.',
    causes: [
      'A path parameter is empty or missing, for example because an earlier response did not contain it.',
      'A job reference does not have the form `service:kind:id`.',
    ],
    fixes: ['Read `parameter`: it is the name of the argument. Pass a value of the type that the method declares.'],
    links: [['Job references', '/jobs/#job-references']],
  },
  {
    name: 'JobFailedError',
    package: '@jobscope/core',
    summary: 'The job that you waited for failed, was canceled, or is in a state that it does not leave by itself.',
    causes: [
      'The program of the job failed. `reason` and the log show why.',
      'Someone canceled the job. Some services report a canceled job as failed.',
      'The job is in a stable state: it waits until someone acts.',
    ],
    fixes: [
      'Read the log: `jobs.logs(ref)`, or `jobscope logs`.',
      'Look up `job.rawState` in the state tables.',
      'Submit a corrected job. A job in a terminal state does not continue.',
    ],
    links: [
      ['Failed jobs', '/waiting/#failed-jobs'],
      ['Job states', '/job-states/'],
    ],
  },
  {
    name: 'JobsFailedError',
    package: '@jobscope/jobs',
    summary: '`jobs.wait` waited for several jobs, and at least one of these jobs failed.',
    causes: ['One or more jobs failed. The page of `JobFailedError` lists possible causes.'],
    fixes: [
      'The error is a `JobFailedError` of the first failed job. Read the log of this job.',
      'Set `failFast: true` to get the error as soon as one job fails.',
    ],
    links: [['Wait for jobs', '/jobs/#wait-for-jobs']],
  },
  {
    name: 'WaitTimeoutError',
    package: '@jobscope/core',
    summary:
      'The job did not finish before the timeout of the wait. The job continues to run, unless `cancelOnTimeout` is set.',
    causes: ['The job needs longer than the timeout.', 'The job hangs, or waits for resources in a queue.'],
    fixes: [
      'Continue to wait later, or in another process: `handle` is plain data that you can store.',
      'Set `cancelOnTimeout: true` if the timeout is a deadline for the job.',
      'If the job hangs, follow the guide below.',
    ],
    links: [
      ['My Spark job hangs', '/hung-jobs/'],
      ['Timeouts of waits', '/waiting/#timeouts-and-deadlines'],
    ],
  },
  {
    name: 'ListError',
    package: '@jobscope/jobs',
    summary: 'Some lists of jobs could not be read. The jobs of all other lists were returned before the error.',
    causes: ['A service is not reachable, or rejects the credentials.', 'The list of a kind requires a parameter.'],
    fixes: [
      'Read `failures`: each failure has a service, a kind and an error.',
      'Pass `onError` to `jobs.list` to continue without the failed lists.',
    ],
    links: [['Failed services', '/jobs/#failed-services']],
  },
]
