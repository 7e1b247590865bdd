import type { Ratio } from './measurement.ts'

type Run = () => unknown

/**
 * How much longer one thing takes than another: the median, over the rounds, of the ratio of their times. In each round both
 * run, now one first, now the other, so that whatever else the machine does meanwhile hits both.
 */
export async function ratioOf(one: Run, other: Run, rounds: number, now = () => performance.now()): Promise<Ratio> {
  const time = async (run: Run) => {
    const start = now()
    await run()
    return now() - start
  }
  const ratios: number[] = []
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round <= rounds; round++) {
    const swapped = round % 2 === 1
    const first = await time(swapped ? other : one)
    const second = await time(swapped ? one : other)
    // The first round only fills caches.
    if (round === 0) continue
    const [own, its] = swapped ? [second, first] : [first, second]
    times[0].push(own)
    times[1].push(its)
    ratios.push(own / its)
  }
  return { ratio: median(ratios), ms: [median(times[0]), median(times[1])] }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
