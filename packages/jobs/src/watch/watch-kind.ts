import { isApiError } from '@jobscope/core'
import { notFound } from '../not-found-error.ts'
import type { JobEvent } from './job-events.ts'
import { gone, type Watching } from './kind-watch.ts'
import { readEach } from './poll-each-job.ts'
import { readLists } from './poll-lists.ts'

/**
 * Tells what becomes of the jobs of one kind. Each time one of them is due, it takes the fewer of: a call for each that is due
 * until the next time, or pages of the list, newest first, down to the oldest of them.
 *
 * It ends when all jobs have ended, or at the deadline; a watch over jobs to come ends only then. What fails is told, and
 * tried again later.
 */
export async function* track(watching: Watching): AsyncGenerator<JobEvent, void> {
  const { kind, open, matches, clock, pace, signal, deadline } = watching
  const { interval, max } = pace
  let failures = 0
  /** How long to leave the service alone after a failure. */
  let rest = 0
  /** When to look for new jobs again, and the pause after that. */
  let scanDue = clock.now()
  let scanPause = interval

  for (;;) {
    // Whoever would be due before the next time, which is an interval later at the earliest, is due now.
    const now = clock.now()
    const soon = now + interval
    const scan = matches !== undefined && scanDue < soon
    const wanted = new Set<string>()
    for (const [ref, { due }] of open) if (due < soon) wanted.add(ref)
    let appeared = false
    try {
      for await (const event of readLists(watching, wanted, scan)) {
        appeared ||= event.type === 'appeared'
        yield event
      }
      if (!kind.rules.get.find) yield* readEach(watching, wanted)
      else for (const ref of wanted) yield* gone(watching, ref, notFound(kind, ref))
      failures = 0
      if (scan) {
        watching.beginning = false
        scanPause = appeared ? interval : Math.min(max, scanPause * 1.5)
        scanDue = clock.now() + scanPause
      }
    } catch (error) {
      signal.throwIfAborted()
      failures++
      const asked = isApiError(error) ? (error.retryAfter ?? 0) : 0
      rest = Math.max(asked, Math.min(max, interval * 2 ** failures))
      yield { type: 'error', service: kind.service, kind: kind.kind, ref: undefined, error, count: failures }
    }
    const left = deadline - clock.now()
    if (left <= 0 || (!matches && open.size === 0)) return

    let next = matches ? scanDue : Number.POSITIVE_INFINITY
    for (const { due } of open.values()) next = Math.min(next, due)
    // A little earlier, so that many watches do not look at the same moment; never later, so that no state is missed.
    const pause = failures ? rest : (next - clock.now()) * (0.9 + Math.random() * 0.1)
    await clock.sleep(Math.min(Math.max(pause, 1), left), signal)
  }
}
