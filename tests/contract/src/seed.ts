/**
 * Returns the seed for random tests: JOBSCOPE_SEED, which repeats an earlier run, or a new seed. The function always prints the
 * seed, even if the tests pass.
 */
export function getSeed(): number {
  const seed = Number(process.env['JOBSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`JOBSCOPE_SEED=${seed}`)
  return seed
}
