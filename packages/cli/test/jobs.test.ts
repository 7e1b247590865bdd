import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { perPollClock } from '@jobscope/mock'
import { expect, onTestFinished, test } from 'vitest'
import { jobscope } from './run-command.ts'
import { type World, world } from './start-mock.ts'

const objects = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as { ref: string; service: string; state: string })

/** A job of the mock that is in the path it takes. */
async function submitted({ run }: World, operation = 'submitSqlJob'): Promise<string> {
  const { stdout: input } = await jobscope(['submit', operation, '--example'])
  return (await run(['submit', operation, '-'], { input })).stdout.trim()
}

test('ls lists the jobs of all services, each once, an object a line', async () => {
  const { mock, run } = await world({ seedJobs: 60 })
  const { code, stdout } = await run(['ls', '--json', '--all', '--param', 'workspace_id=1', '--param', 'resource_id=2'])
  expect(code).toBe(0)
  const refs = objects(stdout).map(({ ref }) => ref)
  expect(new Set(refs).size).toBe(refs.length)
  expect(new Set(refs)).toEqual(
    new Set(
      mock.jobs
        .list()
        .map(({ ref }) => ref)
        .filter(ref => refs.includes(ref) || !ref.startsWith('res:job-instance')),
    ),
  )
})

test('ls filters, and says that there is more than the limit', async () => {
  const { run } = await world({ seedJobs: 60 })
  const failed = objects((await run(['ls', '--json', '--state', 'failed,canceled', '--service', 'dli,cs'])).stdout)
  expect(failed.length).toBeGreaterThan(1)
  for (const { service, state } of failed) {
    expect(['dli', 'cs']).toContain(service)
    expect(['failed', 'canceled']).toContain(state)
  }
  const some = await run(['ls', '--limit', '3'])
  expect(some.stdout.trimEnd().split('\n')).toHaveLength(4)
  expect(some.stderr).toBe('only the newest 3: --limit <count> or --all for more\n')
})

test('ls tells in a line what could not be reached, shows the rest, and its exit code says so', async () => {
  const { mock, run } = await world({ seedJobs: 60 })
  const args = ['ls', '--endpoint', mock.origin, '--endpoint', 'cs=http://127.0.0.1:9/cs', '--json']
  const { code, stdout, stderr } = await run(args)
  expect(code).toBe(4)
  expect(new Set(objects(stdout).map(({ service }) => service))).toEqual(new Set(['dli', 'modelarts', 'res']))
  expect(stderr.split('\n').filter(line => line.startsWith('jobscope: '))).toEqual([
    expect.stringMatching(/^jobscope: cs:job: no answer: .*; check --endpoint, --region and the network$/),
  ])
})

test('what is piped has no colours but on demand', async () => {
  const { run } = await world({ seedJobs: 9 })
  expect((await run(['ls'])).stdout).not.toContain('\u001b')
  expect((await run(['ls'], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[')
  expect((await run(['ls'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain('\u001b')
})

test('get shows jobs in the order of their refs; for programs with all that the service sent', async () => {
  const { mock, run } = await world({ seedJobs: 30 })
  const refs = ['cs:job', 'dli:batch'].map(kind => mock.jobs.list(kind)[0]?.ref as string)
  const { stdout } = await run(['get', ...refs])
  expect([...stdout.matchAll(/^ref +(.+)$/gm)].map(([, ref]) => ref)).toEqual(refs)
  const [job] = objects((await run(['get', refs[1] as string, '--json'])).stdout)
  expect(job).toMatchObject({ ref: refs[1], raw: { id: refs[1]?.split(':')[2] } })
})

test('of several jobs, one that fails loses no other', async () => {
  const { mock, run } = await world({ seedJobs: 30, strict: true })
  const good = mock.jobs.list('cs:job')[0]?.ref as string
  const { code, stdout, stderr } = await run(['get', 'cs:job:1', good])
  expect(code).toBe(2)
  expect(stdout).toContain(good)
  expect(stderr).toMatch(/^jobscope: getJob: .+\n$/)
})

test.each([
  ['is none', 'batch-1', /^jobscope: 'batch-1' is no ref; one is service:kind:id, as in dli:batch:0a324461\n$/],
  [
    'has no such kind',
    'dli:bach:1',
    /^jobscope: 'dli:bach:1' names no kind of dli; there are batch, sql-job, flink-job\n$/,
  ],
  ['is of no job', 'dli:batch:00000000-0000-4000-8000-000000000000', /^jobscope: getBatch: DLI\.0023 .+\n$/],
])('a ref that %s is one line, and exit code 2', async (_, ref, line) => {
  const { run } = await world({ strict: true })
  for (const command of ['get', 'wait', 'cancel']) {
    const { code, stderr, stdout } = await run([command, ref])
    expect([command, code, stdout]).toEqual([command, 2, ''])
    if (command === 'get') expect(stderr).toMatch(line)
    else expect(stderr.match(/\n/g)).toHaveLength(1)
  }
})

test('wait: 0 when the jobs have succeeded, each change on the way', async () => {
  const place = await world({ clock: perPollClock() })
  const refs = [await submitted(place), await submitted(place)]
  const { code, stdout, stderr } = await place.run(['wait', ...refs, '--interval', '1ms'])
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  for (const ref of refs) expect(stderr).toMatch(new RegExp(`^✓ succeeded {2}${ref}`, 'm'))
})

test('wait: 1 when one has failed, and why', async () => {
  const place = await world({ clock: perPollClock(), scenario: 'fail' })
  const ref = await submitted(place)
  const { code, stderr } = await place.run(['wait', ref, '--interval', '1ms'])
  expect(code).toBe(1)
  expect(stderr).toMatch(new RegExp(`^jobscope: ${ref}: failed \\(FAILED\\)`, 'm'))
})

test('wait: 5 when it took too long; the job goes on', async () => {
  const place = await world({ scenario: 'hang' })
  const ref = await submitted(place)
  const { code, stderr } = await place.run(['wait', ref, '--interval', '1ms', '--timeout', '20ms'])
  expect(code).toBe(5)
  expect(stderr).toMatch(new RegExp(`^jobscope: ${ref}: not ended in time`, 'm'))
  expect(place.mock.jobs.get(ref)?.endedAt).toBeUndefined()
})

test('wait: 130 at Ctrl-C, saying that the job goes on and how to go on waiting', async () => {
  const place = await world({ scenario: 'hang' })
  const ref = await submitted(place)
  const args = ['wait', ref, '--interval', '10ms', '--endpoint', place.mock.origin]
  const { code, stderr } = await place.run(args, {
    onOutput: (output, interrupt) => output.includes(ref) && interrupt(),
  })
  expect(code).toBe(130)
  expect(stderr).toContain(
    `jobscope: interrupted; the job goes on, to resume: jobscope wait ${ref} --endpoint ${place.mock.origin}\n`,
  )
  expect(place.mock.requests.map(({ operation }) => operation)).not.toContain('cancelSqlJob')
})

test('wait --any is over with the first', async () => {
  const place = await world({ scenario: 'hang' })
  const [slow, quick] = [await submitted(place), await submitted(place)]
  place.mock.jobs.setScenario(quick, ['LAUNCHING', 'FINISHED'])
  place.mock.clock.advance(60_000)
  const { code, stdout } = await place.run(['wait', slow, quick, '--any', '--json', '--interval', '5ms'])
  expect(code).toBe(0)
  expect(
    objects(stdout)
      .filter(({ state }) => state === 'succeeded')
      .map(({ ref }) => ref),
  ).toEqual([quick])
})

test('cancel asks the service; the refs are what is printed', async () => {
  const place = await world({ scenario: 'hang' })
  const ref = await submitted(place)
  place.mock.clock.advance(10_000)
  expect(await place.run(['cancel', ref])).toMatchObject({ code: 0, stdout: `${ref}\n` })
  place.mock.clock.advance(60_000)
  expect(place.mock.jobs.get(ref)?.state).toBe('canceled')
})

test('an expired token is exit code 3, the fix named, the token nowhere', async () => {
  const server = createServer((_, response) => {
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end('{"error_code":"APIGW.0307","error_msg":"The token must be updated."}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const env = { OS_TOKEN: 'a-secret-token', OS_PROJECT_ID: 'p' }
  for (const args of [['get', 'cs:job:1'], ['ls'], ['api', 'cs.getJob', 'job_id=1'], ['cancel', 'cs:job:1']]) {
    const { code, stdout, stderr } = await jobscope([...args, '--endpoint', endpoint], { env })
    expect([args[0], code]).toEqual([args[0], 3])
    expect(stderr).toMatch(/^jobscope: .*APIGW\.0307 The token must be updated\. .*get a new one.*\n$/)
    expect(stdout + stderr).not.toContain('secret')
  }
})
