import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { command, ndjson, RejectedEventError, toSlackMessage, type WatcherEvent, webhook } from '../src/index.ts'

const event = (number: number, data: WatcherEvent['data'] = { state: 'failed' }): WatcherEvent => ({
  specversion: '1.0',
  id: `a/p/r/dli/batch#${number}`,
  source: '/jobscope/a/p/r/dli/batch',
  type: 'jobscope.job.ended',
  subject: 'dli:batch:1',
  time: '2026-01-01T00:00:00.000Z',
  datacontenttype: 'application/json',
  data,
})

const never = new AbortController().signal

/** Creates a program that appends its input to a file and then executes `code`. */
async function setUpCommand(code = '') {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'received')
  await writeFile(file, '')
  const script = `const { appendFileSync, readFileSync } = require('node:fs')
    appendFileSync(${JSON.stringify(file)}, readFileSync(0)); ${code}`
  const program: [string, ...string[]] = [process.execPath, '-e', script]
  return { program, readReceived: async () => (await readFile(file, 'utf8')).split('\n').slice(0, -1) }
}

test('a command gets each event as a line of JSON on its standard input', async () => {
  const { program, readReceived } = await setUpCommand()
  const events = [event(1), event(2, { state: 'succeeded', reason: 'line 1\nline 2' })]
  await command({ command: program }).deliver(events, never)
  expect((await readReceived()).map(line => JSON.parse(line))).toEqual(events)
})

test('if a command exits with a code other than 0, the delivery fails, and the command gets no further events', async () => {
  const { program, readReceived } = await setUpCommand('process.exit(3)')
  await expect(command({ command: program }).deliver([event(1), event(2)], never)).rejects.toThrow('exited with 3.')
  expect(await readReceived()).toHaveLength(1)
})

test('the delivery fails if the command runs too long or does not exist', async () => {
  const { program } = await setUpCommand('setInterval(() => {}, 1000)')
  await expect(command({ command: program, timeout: 1 }).deliver([event(1)], never)).rejects.toThrow()
  await expect(command({ command: ['jobscope-no-such-program'] }).deliver([event(1)], never)).rejects.toThrow('ENOENT')
})

test('a message for Slack contains the escaped values of the fields in the template, and nothing for missing fields', () => {
  const failed = event(1, { ref: 'dli:batch:1', name: 'a <b> & c', state: 'failed', reason: 'out of memory' })
  expect(toSlackMessage(failed)).toEqual({
    text: 'ended: a &lt;b&gt; &amp; c (dli:batch:1) is failed in a/p/r/dli/batch. out of memory',
  })
  expect(toSlackMessage(event(1), '{name}{unknown} {type} {state} {time}')).toEqual({
    text: 'ended failed 2026-01-01T00:00:00.000Z',
  })
})

test('a webhook with a format sends each event in its own request', async () => {
  const sent: { readonly body: unknown; readonly type: string | null }[] = []
  const sink = webhook({
    url: 'https://chat.example.com/hook',
    format: event => toSlackMessage(event, '{state}'),
    async fetch(url, init) {
      const request = new Request(url as string, init)
      sent.push({ body: await request.json(), type: request.headers.get('content-type') })
      return new Response(null, { status: 200 })
    },
  })
  await sink.deliver([event(1), event(2, { state: 'canceled' })], never)
  expect(sent).toEqual([
    { body: { text: 'failed' }, type: 'application/json' },
    { body: { text: 'canceled' }, type: 'application/json' },
  ])
})

test.each([
  [400, true],
  [413, true],
  [422, true],
  [401, false],
  [404, false],
  [500, false],
])('a webhook throws RejectedEventError after status code %i: %s', async (status, isRejected) => {
  const sink = webhook({ url: 'https://example.com', fetch: async () => new Response(null, { status }) })
  const error = await sink.deliver([event(1)], never).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(Error)
  expect(error instanceof RejectedEventError).toBe(isRejected)
})

test('a webhook rejects headers that it sets itself', () => {
  const create = () => webhook({ url: 'https://example.com', headers: { 'Jobscope-Signature': 'x' } })
  expect(create).toThrow('The webhook "webhook" has the header "Jobscope-Signature", which the webhook sets itself.')
})

test('if the reader of a stream has ended, each delivery of ndjson() fails, and the process continues', async () => {
  const stream = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
  })
  const sink = ndjson({ stream })
  await expect(sink.deliver([event(1)], never)).rejects.toThrow('The reader of the output has ended (EPIPE).')
  await expect(sink.deliver([event(1)], never)).rejects.toThrow('The reader of the output has ended')
})
