/**
 * How much longer one thing takes than another: the ratio of their medians. They take turns, so that whatever else the
 * machine does meanwhile hits both.
 */
export function ratioOf(one: () => void, other: () => void, rounds: number): { ratio: number; ms: [number, number] } {
  const times: [number[], number[]] = [[], []]
  // The first round only fills caches.
  for (let round = 0; round <= rounds; round++) {
    for (const [index, run] of [one, other].entries()) {
      const start = performance.now()
      run()
      if (round > 0) times[index]?.push(performance.now() - start)
    }
  }
  const ms: [number, number] = [median(times[0]), median(times[1])]
  return { ratio: ms[0] / ms[1], ms }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
