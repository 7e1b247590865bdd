/**
 * The timeouts of all tests. Tests never sleep, so the timeouts only stop a test that hangs. They are long because the machines of CI
 * are slow and busy.
 */
export const timeouts = { testTimeout: 120_000, hookTimeout: 120_000 }
