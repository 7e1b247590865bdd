/**
 * The timeouts of all tests. Tests never sleep, so the timeouts only stop a test that hangs. They are long because the machines of CI
 * are slow and busy.
 */
export const timeouts = { testTimeout: 120_000, hookTimeout: 120_000 }

/**
 * The environment variables of a test run. `vitest run --mode long`, which `pnpm test:long` uses, sets the given variables unless they
 * are set already. A configuration sets them because the syntax for environment variables in package.json differs between shells.
 */
export const longEnvironment = (mode: string, variables: Record<string, string>): Record<string, string> =>
  mode === 'long'
    ? Object.fromEntries(Object.entries(variables).filter(([name]) => process.env[name] === undefined))
    : {}
