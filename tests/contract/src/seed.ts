/**
 * A seed for what is random in tests: that of JOBSCOPE_SEED, to see a run again, or else a new one. It is printed, whether the
 * tests pass or fail.
 */
export function freshSeed(): number {
  const seed = Number(process.env['JOBSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`JOBSCOPE_SEED=${seed}`)
  return seed
}
