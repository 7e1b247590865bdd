/** The code that is loaded on demand: by the first failure, by clients with hooks, and by the first raw call. */
const failures = ['*/describe-failure.js', '*/explain-network-error.js', '*/find-invalid-argument.js']
const hooks = '*/observers.js'
const rawCalls = '*/raw-http-client.js'

/** Web pages load ES modules. In esbuild's default format, code that is loaded on demand needs a replacement for `require`. */
const modifyEsbuildConfig = config => ({ ...config, format: 'esm' })

const wholeClient = { path: 'test/bundle.js', import: '{ createDliClient, aksk }', gzip: true, modifyEsbuildConfig }

export default [
  {
    name: 'all operations of DLI + aksk',
    path: 'test/bundle-operations.js',
    import: '{ createDliOperations, aksk }',
    gzip: true,
    modifyEsbuildConfig,
    ignore: [...failures, hooks, rawCalls],
    limit: '9 kB',
  },
  {
    ...wholeClient,
    name: 'whole DLI client + aksk: with waits, pagination and job kinds',
    ignore: [...failures, hooks, rawCalls],
    limit: '12.9 kB',
  },
  {
    ...wholeClient,
    name: 'the same, with the code that the first raw call loads',
    ignore: [...failures, hooks],
    limit: '15.5 kB',
  },
  {
    ...wholeClient,
    name: 'the same, with all code that is loaded on demand',
    limit: '19.6 kB',
  },
]
