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
 * Returns the environment variables that a configuration adds to a test run. With `vitest run --mode long`, which `pnpm test:long` uses,
 * these are the given variables that are not set yet. In other modes, the result is empty. A configuration sets these variables because the
 * syntax for environment variables in package.json differs between shells.
 */
export const longEnvironment = (mode: string, variables: Record<string, string>): Record<string, string> =>
  mode === 'long'
    ? Object.fromEntries(Object.entries(variables).filter(([name]) => process.env[name] === undefined))
    : {}

/** Makes `toThrow('text')` fail if the code throws `undefined`, which happens if a function that creates the error returns nothing. */
export const strictErrors = { setupFiles: [`${import.meta.dirname}/vitest.setup.ts`] }
