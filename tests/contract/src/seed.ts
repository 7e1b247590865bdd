/**
 * Returns the seed for random tests: JOBSCOPE_SEED, which repeats an earlier run, or a new one. It prints the seed, whether the tests
 * pass or fail.
 */
export function getSeed(): number {
  const seed = Number(process.env['JOBSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`JOBSCOPE_SEED=${seed}`)
  return seed
}
