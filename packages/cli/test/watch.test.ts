import { perPollClock } from '@jobscope/mock'
import { expect, test } from 'vitest'
import { jobscope } from './run-command.ts'
import { type World, world } from './start-mock.ts'

async function submitted({ run }: World, operation: string): Promise<string> {
  const { stdout: input } = await jobscope(['submit', operation, '--example'])
  return (await run(['submit', operation, '-'], { input })).stdout.trim()
}

test('piped: a line for each change, the exit code 0 when all have succeeded', async () => {
  const place = await world({ clock: perPollClock() })
  const ref = await submitted(place, 'submitSqlJob')
  const { code, stdout, stderr } = await place.run(['watch', ref, '--interval', '1ms'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}/gm
  expect(stdout.match(time)).toHaveLength(stdout.trimEnd().split('\n').length)
  expect(stdout.replace(time, '')).toMatch(
    new RegExp(`^${ref} {2}(queued|running)\n(.*\n)*${ref} {2}running → succeeded\n$`),
  )
})

test('1 when a job that was named has failed', async () => {
  const place = await world({ clock: perPollClock(), scenario: 'fail' })
  const ref = await submitted(place, 'submitSqlJob')
  const { code, stdout } = await place.run(['watch', ref, '--interval', '1ms', '--json'])
  expect(code).toBe(1)
  const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as object
  expect(last).toMatchObject({ type: 'ended', job: { ref, state: 'failed' } })
})

test('all that match and those to come; Ctrl-C is 130 and says how to go on', async () => {
  const place = await world({ scenario: 'hang', services: ['dli'] })
  const first = await submitted(place, 'submitSqlJob')
  let second: Promise<string> | undefined
  const args = ['watch', '--kind', 'dli:sql-job', '--interval', '10ms', '--endpoint', place.mock.origin]
  const { code, stdout, stderr } = await place.run(args, {
    onOutput(output, interrupt) {
      if (output.includes(first)) second ??= submitted(place, 'submitSqlJob')
      void second?.then(ref => output.includes(ref) && interrupt())
      if (output.split('dli:sql-job:').length > 2) interrupt()
    },
  })
  expect(code).toBe(130)
  expect(stdout).toContain(await second)
  expect(stderr).toBe(
    `jobscope: interrupted; the jobs go on, to resume: jobscope watch --kind dli:sql-job --endpoint ${place.mock.origin}\n`,
  )
})

test('a job that is not there', async () => {
  const { run } = await world({ strict: true })
  const { code, stdout } = await run(['watch', 'dli:batch:00000000-0000-4000-8000-000000000000'])
  expect(code).toBe(2)
  expect(stdout).toMatch(/ {2}gone: getBatch: DLI\.0023 .*\n$/)
})

test('logs are the lines that the service gives out', async () => {
  const place = await world()
  const ref = await submitted(place, 'createBatch')
  const { code, stdout } = await place.run(['logs', ref])
  expect(code).toBe(0)
  const answer = await place.run(['api', 'getBatchLog', `batch_id=${ref.split(':')[2]}`])
  expect(stdout.trimEnd().split('\n')).toEqual(
    (JSON.parse(answer.stdout) as { log: string[] }).log.map(line => line.trimEnd()),
  )
})

test('logs --follow ends with the job', async () => {
  const place = await world({ clock: perPollClock() })
  const ref = await submitted(place, 'createBatch')
  const { code, stdout } = await place.run(['logs', ref, '--follow', '--interval', '1ms', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout.split('\n')[0] ?? '')).toHaveProperty('text')
})

test('a kind without logs is refused', async () => {
  const { run } = await world()
  expect(await run(['logs', 'cs:job:1'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('cs has no call for the logs'),
  })
})
