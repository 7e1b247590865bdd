import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureGrowth } from './measure-growth.ts'
import { measureThroughput } from './measure-throughput.ts'
import { type Postgres, startPostgres } from './start-postgres.ts'

/** The short measurement is a part of `pnpm test:long`. JOBSCOPE_FIGURES=full measures the figures of the documentation. */
const isFull = process.env['JOBSCOPE_FIGURES'] === 'full'
const duration = isFull ? 60 : 10
const jobCounts = isFull ? [1000, 10_000, 100_000] : [1000, 10_000]
const workerCounts = isFull ? [1, 2, 4] : [1, 4]

/** Measurements vary, so a result may exceed the first result by this factor, although the cost does not grow. */
const tolerance = 1.2

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 300_000)
afterAll(() => postgres.stop())

test('three workers poll at least once per second; in the full run, they poll at least 75 times per second, and a poll takes at most 10 ms of database time', async () => {
  const report = await measureThroughput({ database: postgres.url, workers: 3, duration, hasTransitions: false })
  console.log(report)
  // A machine that is busy with other tests is slower, so only the full run checks times.
  expect(report.pollsPerSecond).toBeGreaterThanOrEqual(isFull ? 75 : 1)
  if (isFull) expect(report.databaseTime).toBeLessThanOrEqual(10)
}, 300_000)

test('a million transitions need at most 1 GB', async () => {
  const report = await measureThroughput({ database: postgres.url, workers: 3, duration, hasTransitions: true })
  console.log(report)
  expect(report.transitions).toBeGreaterThan(1000)
  expect(report.bytesPerMillion).toBeLessThanOrEqual(1e9)
}, 300_000)

test(
  'the requests per job do not grow with the number of jobs or workers; in the full run, the database time does not grow either',
  async () => {
    const reports = []
    for (const jobs of jobCounts) {
      for (const workers of workerCounts) {
        const report = await measureGrowth(postgres.url, jobs, workers)
        console.log(report)
        reports.push(report)
      }
    }
    const [first] = reports
    for (const { requests, databaseTime } of reports) {
      expect(requests).toBeLessThanOrEqual((first?.requests ?? 0) * tolerance)
      if (isFull) expect(databaseTime).toBeLessThanOrEqual((first?.databaseTime ?? 0) * tolerance)
    }
  },
  isFull ? 3_600_000 : 900_000,
)
