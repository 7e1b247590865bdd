import type { Ratio } from './measurement.ts'
import { median } from './median.ts'

type Run = () => unknown

/**
 * Measures the time of `subject` relative to the time of `baseline`: the median ratio over the rounds. Each round runs both, and
 * the order alternates from round to round, so that other load on the machine slows both.
 */
export async function measureRatio(
  { subject, baseline }: { readonly subject: Run; readonly baseline: Run },
  rounds: number,
  now = () => performance.now(),
): Promise<Ratio> {
  const time = async (run: Run) => {
    const start = now()
    await run()
    return now() - start
  }
  const ratios: number[] = []
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round <= rounds; round++) {
    const swapped = round % 2 === 1
    const first = await time(swapped ? baseline : subject)
    const second = await time(swapped ? subject : baseline)
    // The first round only fills caches.
    if (round === 0) continue
    const [subjectTime, baselineTime] = swapped ? [second, first] : [first, second]
    times[0].push(subjectTime)
    times[1].push(baselineTime)
    ratios.push(subjectTime / baselineTime)
  }
  return { ratio: median(ratios), amounts: [median(times[0]), median(times[1])] }
}
