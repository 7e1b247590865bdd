/** For every vitest.config.ts here. No test waits on a clock: these bounds only end one that hangs, on a machine as slow and busy as CI's. */
export const bounds = { testTimeout: 120_000, hookTimeout: 120_000 }
