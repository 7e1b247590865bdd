import { launchBrowser } from '@jobscope/browser'
import { expect, onTestFinished, test } from 'vitest'
import { createFirstEvents, createJob } from '../src/many-jobs.ts'
import { openPage } from '../src/open-page.ts'
import { startStubServer } from '../src/stub-server.ts'

const jobCount = 5000
const changesPerSecond = 50
const seconds = 10

test.each(['table', 'timeline'])('shows 50 changes per second in a scrolling list of 5,000 jobs (%s)', async view => {
  const browser = await launchBrowser()
  onTestFinished(() => browser.close())
  const now = Date.now()
  const { origin, send } = await startStubServer(createFirstEvents(jobCount, now))
  const { page, problems } = await openPage(browser, `${origin}/?view=${view}`, {
    viewport: { width: 1440, height: 900 },
  })
  await page.getByText('nightly-0', { exact: true }).waitFor()

  let sent = 0
  const sending = setInterval(() => {
    const index = (sent * 7) % jobCount
    send('jobs', [createJob(index, now, sent % 2 === 0 ? 'running' : 'failed')])
    sent++
  }, 1000 / changesPerSecond)
  const frames = await page.evaluate(async duration => {
    const grid = document.querySelector('.grid') as HTMLElement
    const times: number[] = []
    const start = performance.now()
    for (let time = start; time - start < duration; ) {
      time = await new Promise<number>(resolve => requestAnimationFrame(resolve))
      times.push(time)
      grid.scrollTop += 30
    }
    return times.slice(1).map((time, index) => time - (times[index] ?? time))
  }, seconds * 1000)
  clearInterval(sending)

  const sorted = [...frames].sort((a, b) => a - b)
  const rate = (frames.length / frames.reduce((sum, each) => sum + each, 0)) * 1000
  const shareOfFast = frames.filter(each => each <= 20).length / frames.length
  console.log(
    `${view}: ${rate.toFixed(1)} frames per second, ${(shareOfFast * 100).toFixed(1)} % of frames took at most 20 ms, ` +
      `95th percentile ${sorted[Math.floor(sorted.length * 0.95)]?.toFixed(1)} ms, ${sent} changes sent`,
  )
  // If the page shows this last change, it has processed all changes before it.
  send('jobs', [createJob(jobCount, now, 'running')])
  await page.getByRole('button', { name: 'All 5,001' }).waitFor()
  expect(problems).toEqual([])
})
