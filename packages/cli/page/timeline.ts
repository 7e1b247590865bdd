import type { JobState } from '@jobscope/core'
import type { PageJob } from '../src/ui/protocol.ts'
import { formatClock, formatDay, formatDuration } from './format.ts'
import { isOver } from './query.ts'

/** A period in epoch ms. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** Returns the period that the timeline shows. It begins with the first job, but not before `earliest`. It ends shortly after `now`. */
export function getTimeRange(jobs: readonly PageJob[], earliest: number, now: number): TimeRange {
  let first = now - 600_000
  for (const { begin } of jobs) if (begin !== undefined && begin < first) first = begin
  const from = Math.max(first, earliest)
  // The period ends a little after the current time, so that the bars of running jobs do not end at the edge of the timeline.
  return { from, to: now + (now - from) * 0.02 }
}

/** The times of a job in words, for the tooltip and for screen readers. */
export function describeSpans({ begin, start, end, state }: PageJob, now: number): string {
  if (begin === undefined) return 'The service sends no times for this job.'
  const over = isOver({ state })
  const waited = start ?? end ?? (over ? undefined : now)
  const parts: string[] = []
  if (waited !== undefined && waited - begin >= 1000) parts.push(`Waited ${formatDuration(waited - begin)}.`)
  if (start !== undefined && end !== undefined) parts.push(`Ran ${formatDuration(end - start)}.`)
  else if (start !== undefined && !over) parts.push(`Running for ${formatDuration(now - start)}.`)
  return parts.join(' ') || `${formatDay(begin)}, ${formatClock(begin)}.`
}

interface DrawOptions {
  readonly rowHeight: number
  readonly headHeight: number
  readonly range: TimeRange
  readonly now: number
  readonly first: number
  readonly end: number
  readonly scrollTop: number
  readonly height: number
}

const steps = [60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800].map(
  seconds => seconds * 1000,
)
const dayLength = 86_400_000

/** Returns the times of the grid lines. They are at full hours or days in the time zone of the browser. */
export function getTicks(
  { from, to }: TimeRange,
  maxCount: number,
): { readonly step: number; readonly times: number[] } {
  const step =
    steps.find(each => (to - from) / each <= maxCount) ?? Math.ceil((to - from) / maxCount / dayLength) * dayLength
  const midnight = new Date(from)
  midnight.setHours(0, 0, 0, 0)
  const start = midnight.getTime()
  const times: number[] = []
  for (let time = start + Math.ceil((from - start) / step) * step; time <= to; time += step) times.push(time)
  return { step, times }
}

/** Draws the visible rows: a thin line while a job waits, a bar while it runs, and a mark for the state in which it ended. */
export function drawTimeline(canvas: HTMLCanvasElement, jobs: readonly PageJob[], options: DrawOptions): void {
  const { rowHeight, headHeight, range, now, first, end, scrollTop } = options
  const context = canvas.getContext('2d')
  const { clientWidth: width, clientHeight: height } = canvas
  if (!context || width === 0) return
  const ratio = devicePixelRatio || 1
  const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth
    canvas.height = pixelHeight
  }
  const style = getComputedStyle(canvas)
  const color = (name: string) => style.getPropertyValue(`--${name}`)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  const toX = (time: number) => ((time - range.from) / (range.to - range.from)) * width

  drawAxis()
  context.save()
  context.beginPath()
  context.rect(0, headHeight, width, height)
  context.clip()
  for (let index = first; index < end; index++) {
    const job = jobs[index]
    const top = headHeight + index * rowHeight - scrollTop
    if (job && top < height) drawJob(job, top)
  }
  context.restore()

  function drawAxis(): void {
    if (!context) return
    const { step, times } = getTicks(range, Math.max(3, Math.floor(width / 80)))
    context.font = `11px ${style.fontFamily}`
    context.textBaseline = 'middle'
    for (const time of times) {
      const x = Math.round(toX(time)) + 0.5
      const isMidnight = new Date(time).getHours() === 0 && new Date(time).getMinutes() === 0
      context.strokeStyle = color('line')
      context.beginPath()
      context.moveTo(x, headHeight)
      context.lineTo(x, height)
      context.stroke()
      const label = step >= dayLength || isMidnight ? formatDay(time) : formatClock(time)
      context.fillStyle = color('muted')
      const labelWidth = context.measureText(label).width
      context.fillText(label, Math.min(Math.max(x - labelWidth / 2, 2), width - labelWidth - 2), headHeight / 2)
    }
    context.strokeStyle = color('accent')
    context.setLineDash([3, 3])
    context.beginPath()
    context.moveTo(Math.round(toX(now)) + 0.5, headHeight)
    context.lineTo(Math.round(toX(now)) + 0.5, height)
    context.stroke()
    context.setLineDash([])
  }

  function drawJob({ begin, start, end: endedAt, state }: PageJob, top: number): void {
    if (!context || begin === undefined) return
    const middle = Math.round(top + rowHeight / 2)
    const over = isOver({ state })
    const until = endedAt ?? (over ? (start ?? begin) : now)
    const [x, xEnd] = [toX(start ?? until), toX(until)]
    context.strokeStyle = color(start === undefined ? state : 'queued')
    context.fillStyle = color(state)
    // A dashed line shows how long the job waited in the queue.
    const wait = x - toX(begin)
    if (wait >= 1) {
      context.lineWidth = 1.5
      context.setLineDash([2, 3])
      context.beginPath()
      context.moveTo(toX(begin), middle)
      context.lineTo(x, middle)
      context.stroke()
      context.setLineDash([])
      context.fillRect(toX(begin) - 1, middle - 4, 2, 8)
    }
    if (start !== undefined) {
      const width = Math.max(3, xEnd - x)
      context.beginPath()
      context.roundRect(x, middle - 7, width, 14, over ? 3 : [3, 0, 0, 3])
      context.globalAlpha = state === 'canceled' || state === 'stopping' ? 0.45 : 1
      context.fill()
      context.globalAlpha = 1
      if (state === 'canceled' || state === 'stopping') drawHatch(x, middle - 7, width)
    }
    drawEnd(state, start, start === undefined ? xEnd : Math.max(x + 3, xEnd), middle)
    context.lineWidth = 1
  }

  /** Draws the stripes of a canceled job, so that users can recognize it without seeing colors. */
  function drawHatch(x: number, top: number, barWidth: number): void {
    if (!context) return
    context.save()
    context.beginPath()
    context.rect(Math.max(x, 0), top, barWidth, 14)
    context.clip()
    context.strokeStyle = context.fillStyle
    context.lineWidth = 1.5
    context.beginPath()
    for (let position = Math.max(x, 0) - 14; position < Math.min(x + barWidth, width); position += 6) {
      context.moveTo(position, top + 14)
      context.lineTo(position + 14, top)
    }
    context.stroke()
    context.restore()
  }

  /** Draws the mark for a state: a cross for a failed job, an arrow for a running job, a ring for a waiting job. */
  function drawEnd(state: JobState, start: number | undefined, x: number, middle: number): void {
    if (!context) return
    context.lineWidth = 2
    context.strokeStyle = color(state)
    context.beginPath()
    if (state === 'failed') {
      context.moveTo(x + 4, middle - 4)
      context.lineTo(x + 12, middle + 4)
      context.moveTo(x + 12, middle - 4)
      context.lineTo(x + 4, middle + 4)
      context.stroke()
    } else if (state === 'running') {
      context.moveTo(x, middle - 7)
      context.lineTo(x + 6, middle)
      context.lineTo(x, middle + 7)
      context.fill()
    } else if (start === undefined && isOver({ state })) {
      // The start of this job is unknown, so the job has no bar. A square shows that it has ended.
      context.rect(x - 3, middle - 3, 6, 6)
      if (state === 'canceled') context.stroke()
      else context.fill()
    } else if (state === 'queued' || state === 'starting' || state === 'unknown') {
      context.arc(x, middle, 3.5, 0, 2 * Math.PI)
      context.stroke()
    }
  }
}
