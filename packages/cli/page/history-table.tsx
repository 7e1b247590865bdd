import type { PageHistory } from '../src/ui/protocol.ts'
import { formatClock, formatCount, formatDay, formatDuration } from './format.ts'

type Period = PageHistory['periods'][number]

interface NamedHistory {
  readonly name: string
  readonly count: number
  readonly succeeded: number
  /** The oldest period first. */
  readonly periods: readonly Period[]
}

const maxNames = 100

/** Success rates and durations by name of the jobs, the most frequent names first. */
export const HistoryTable = ({ history }: { readonly history: PageHistory }) => {
  const names = groupByName(history.periods)
  if (names.length === 0) return <p>No job ended in this period.</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div class="scroll" role="region" aria-label="Jobs by name" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" class="number">
              Jobs
            </th>
            <th scope="col" class="number">
              Succeeded
            </th>
            <th scope="col">Success over time</th>
            <th scope="col" class="number">
              p50, p95
            </th>
            <th scope="col">Duration over time</th>
          </tr>
        </thead>
        <tbody>
          {names.slice(0, maxNames).map(named => (
            <HistoryRow key={named.name} named={named} history={history} />
          ))}
        </tbody>
      </table>
      {names.length > maxNames && (
        <p>
          {formatCount(maxNames)} of {formatCount(names.length)} names are shown.
        </p>
      )}
    </div>
  )
}

const HistoryRow = ({ named, history }: { readonly named: NamedHistory; readonly history: PageHistory }) => {
  const { name, count, succeeded, periods } = named
  const last = periods.findLast(({ p50 }) => p50 !== undefined)
  return (
    <tr>
      <th scope="row">{name || 'Without a name'}</th>
      <td class="number">{formatCount(count)}</td>
      <td class="number">{formatRate(succeeded, count)}</td>
      <td>
        <SuccessChart periods={periods} history={history} />
      </td>
      <td class="number">
        {formatDuration(last?.p50)}, {formatDuration(last?.p95)}
      </td>
      <td>
        <DurationChart periods={periods} history={history} />
      </td>
    </tr>
  )
}

const width = 160
const height = 32

interface ChartProps {
  readonly periods: readonly Period[]
  readonly history: PageHistory
}

/** The position of a period in a chart. */
const createScale = ({ since, until, period }: PageHistory) => {
  const first = Math.floor(since / period) * period
  const step = width / Math.max(1, (until - first) / period)
  return { step, toX: (from: number) => ((from - first) / period) * step }
}

const formatPeriod = (from: number, { period }: PageHistory): string =>
  period < 86_400_000 ? `${formatDay(from)}, ${formatClock(from)}` : formatDay(from)

const formatRate = (part: number, count: number): string => `${Math.round((part / count) * 100)}%`

/** A bar for each period: the share of jobs that succeeded, and above it the share of other jobs. */
const SuccessChart = ({ periods, history }: ChartProps) => {
  const { step, toX } = createScale(history)
  const bar = Math.max(1, step - 1)
  return (
    <svg
      class="chart"
      width={width}
      height={height}
      role="img"
      aria-label={describe(periods, history, describeSuccess)}
    >
      {periods.map(({ from, count, succeeded }) => {
        const top = height * (1 - succeeded / count)
        return (
          <g key={from}>
            <title>{`${formatPeriod(from, history)}: ${describeSuccess({ count, succeeded })}`}</title>
            <rect class="bad" x={toX(from)} y={0} width={bar} height={top} />
            <rect class="good" x={toX(from)} y={top} width={bar} height={height - top} />
          </g>
        )
      })}
    </svg>
  )
}

/** A line from p50 to p95 for each period. The scale begins at 0. */
const DurationChart = ({ periods, history }: ChartProps) => {
  const { step, toX } = createScale(history)
  const highest = Math.max(1, ...periods.map(({ p95 = 0 }) => p95))
  const toY = (duration: number) => (height - 2) * (1 - duration / highest)
  return (
    <svg
      class="chart"
      width={width}
      height={height}
      role="img"
      aria-label={describe(periods, history, describeDuration)}
    >
      {periods.map(
        ({ from, p50, p95 }) =>
          p50 !== undefined &&
          p95 !== undefined && (
            <g key={from}>
              <title>{`${formatPeriod(from, history)}: ${describeDuration({ p50, p95 })}`}</title>
              <rect
                class="range"
                x={toX(from)}
                y={toY(p95)}
                width={Math.max(1, step - 1)}
                height={toY(p50) - toY(p95) + 2}
              />
              <rect class="middle" x={toX(from)} y={toY(p50)} width={Math.max(1, step - 1)} height={2} />
            </g>
          ),
      )}
    </svg>
  )
}

const describeSuccess = ({ count, succeeded }: Pick<Period, 'count' | 'succeeded'>): string =>
  `${succeeded} of ${count} succeeded`

const describeDuration = ({ p50, p95 }: Pick<Period, 'p50' | 'p95'>): string =>
  `p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}`

/** The text of a chart for screen readers: the first and the last period. */
function describe(periods: readonly Period[], history: PageHistory, toText: (period: Period) => string): string {
  const ends = periods.length > 1 ? [periods[0], periods.at(-1)] : periods
  return ends.flatMap(period => (period ? `${formatPeriod(period.from, history)}: ${toText(period)}` : [])).join('. ')
}

function groupByName(periods: readonly Period[]): NamedHistory[] {
  const byName = new Map<string, Period[]>()
  for (const period of periods) byName.set(period.name ?? '', [...(byName.get(period.name ?? '') ?? []), period])
  const sum = (values: readonly Period[], key: 'count' | 'succeeded') =>
    values.reduce((total, value) => total + value[key], 0)
  return [...byName]
    .map(([name, values]) => ({
      name,
      count: sum(values, 'count'),
      succeeded: sum(values, 'succeeded'),
      periods: values,
    }))
    .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name))
}
