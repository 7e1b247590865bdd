/**
 * The timeouts of all tests. Tests never sleep, so the timeouts only stop a test that hangs. They are long because the machines of CI
 * are slow and busy.
 */
export const timeouts = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  // The default of `expect.poll` is 1 s, which is too short for a browser on a busy machine.
  expect: { poll: { timeout: 120_000 } },
}

/**
 * Runs the test files of a package in the same process, so that large modules are loaded only once, and the specs are parsed only once. A
 * test must restore what it changes in the process, such as spies and environment variables.
 */
export const sharedProcess = { isolate: false }

/**
 * Returns the environment variables that a configuration adds to a test run. In the mode `long`, these are all `variables` that are not yet
 * set in the environment. `pnpm test:long` uses this mode (`vitest run --mode long`). In other modes, the result is empty. The scripts in
 * package.json do not set these variables, because the syntax for environment variables differs between shells.
 */
export const longEnvironment = (mode: string, variables: Record<string, string>): Record<string, string> =>
  mode === 'long'
    ? Object.fromEntries(Object.entries(variables).filter(([name]) => process.env[name] === undefined))
    : {}

/** Makes `toThrow('text')` fail if the code throws `undefined`, which happens if a function that creates the error returns nothing. */
export const strictErrors = { setupFiles: [`${import.meta.dirname}/vitest.setup.ts`] }
