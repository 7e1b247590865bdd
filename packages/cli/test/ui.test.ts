import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Mock, type MockOptions, virtualClock } from '@jobscope/mock'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { JobDetails, PageEvents } from '../src/ui/protocol.ts'
import { startCommand } from './run-command.ts'
import { startMock } from './start-mock.ts'

interface Reply {
  readonly status: number
  readonly headers: { readonly [name: string]: string | string[] | undefined }
  readonly body: string
}

interface Ui {
  readonly mock: Mock
  /** What the command printed. */
  readonly link: URL
  /**
   * Sends a request without a cookie. This function does not use `fetch`, because `fetch` cannot send the headers that the tests need.
   */
  send(path: string, options?: { method?: string; headers?: { [name: string]: string } }): Promise<Reply>
  /** Opens the link, and returns the headers that a browser sends with its next requests. */
  admit(): Promise<{ cookie: string }>
}

async function startUi(options: MockOptions = {}, args: readonly string[] = []): Promise<Ui> {
  const { mock } = await startMock({ clock: virtualClock(), services: ['dli'], ...options })
  const words = ['ui', '--endpoint', mock.origin, '--service', 'dli', '--interval', '100ms', ...args]
  const { child, result } = startCommand(words)
  onTestFinished(async () => {
    child.kill('SIGINT')
    await result
  })
  const link = await new Promise<URL>(resolve => {
    let output = ''
    child.stdout.on('data', chunk => {
      output += chunk
      const [found] = /http:\S+(?=\n)/.exec(output) ?? []
      if (found) resolve(new URL(found))
    })
  })
  const send: Ui['send'] = (path, { method = 'GET', headers = {} } = {}) =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: link.port, path, method, headers }, async response => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) })
      })
        .on('error', reject)
        .end()
    })
  return {
    mock,
    link,
    send,
    async admit() {
      const { headers } = await send(link.pathname + link.search)
      const [cookie = ''] = `${headers['set-cookie']}`.split(';')
      return { cookie }
    },
  }
}

describe('access to the page', () => {
  test('the link sets a cookie that the browser sends only for this page, and redirects to the same path without the token', async () => {
    const { link, send } = await startUi()
    const reply = await send(`/jobs/dli:batch:1?state=failed&token=${link.searchParams.get('token')}&sort=name`)
    expect(reply.status).toBe(303)
    expect(reply.headers['location']).toBe('/jobs/dli:batch:1?state=failed&sort=name')
    const cookie = `${reply.headers['set-cookie']}`
    expect(cookie).toMatch(new RegExp(`^jobscope-${link.port}=[\\w-]{32}; HttpOnly; SameSite=Strict; Path=/$`))
    expect(cookie).not.toContain(link.searchParams.get('token'))
  })

  test('only the first browser that opens the link gets access, and this browser can open the link again', async () => {
    const { link, send, admit } = await startUi()
    const headers = await admit()
    const path = link.pathname + link.search
    expect((await send(path)).status).toBe(403)
    expect(await send(path, { headers })).toMatchObject({ status: 303, headers: { location: '/' } })
    expect((await send('/', { headers })).status).toBe(200)
  })

  test('the page, its files and its data require the cookie', async () => {
    const { link, send } = await startUi()
    for (const path of ['/', '/page.js', '/api/events', '/api/jobs/dli:batch:1']) {
      expect((await send(path)).status).toBe(401)
      expect((await send(path, { headers: { cookie: `jobscope-${link.port}=wrong` } })).status).toBe(401)
      expect((await send(`${path}?token=wrong`)).status).toBe(403)
    }
  })

  test('rejects foreign hosts, so that another site cannot reach the server by resolving its name to this machine', async () => {
    const { link, send, admit } = await startUi()
    const headers = await admit()
    expect((await send('/', { headers: { ...headers, host: `localhost:${link.port}` } })).status).toBe(200)
    for (const host of ['example.com', `example.com:${link.port}`, '127.0.0.1', `127.0.0.1:1${link.port}`]) {
      const reply = await send('/', { headers: { ...headers, host } })
      expect(reply.status).toBe(421)
      expect(reply.body).toContain(host)
    }
    // The host is checked before the token, so the token can still be used.
    expect((await send('/', { headers: { host: 'example.com' } })).status).toBe(421)
  })

  test('rejects requests from a foreign origin, and changes without an Origin header', async () => {
    const { link, mock, send, admit } = await startUi({ seedJobs: 30 })
    const headers = await admit()
    const job = mock.jobs.list('dli:flink-job').find(({ state }) => state === 'running')
    const path = `/api/jobs/${encodeURIComponent(job?.ref ?? '')}/cancel`
    const sendWith = (more: object) => send(path, { method: 'POST', headers: { ...headers, ...more } })
    expect((await sendWith({})).status).toBe(403)
    expect((await sendWith({ origin: 'http://example.com' })).status).toBe(403)
    expect((await sendWith({ origin: 'null' })).status).toBe(403)
    expect((await sendWith({ origin: 'http://127.0.0.1:1' })).status).toBe(403)
    const foreignRead = { ...headers, origin: 'http://example.com' }
    expect((await send('/api/events', { headers: foreignRead })).status).toBe(403)
    expect((await send('/api/events', { headers: { ...headers, 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    expect(mock.jobs.get(job?.ref ?? '')?.state).toBe('running')

    expect((await sendWith({ origin: link.origin })).status).toBe(200)
    expect(mock.jobs.get(job?.ref ?? '')?.state).toBe('stopping')
  })

  test('does not send a cancellation for a job that has already ended', async () => {
    const { link, mock, send, admit } = await startUi({ seedJobs: 30 })
    const headers = { ...(await admit()), origin: link.origin }
    const [job] = mock.jobs.list('dli:batch').filter(({ state }) => state === 'succeeded')
    const reply = await send(`/api/jobs/${encodeURIComponent(job?.ref ?? '')}/cancel`, { method: 'POST', headers })
    expect(reply.status).toBe(200)
    expect(mock.requests.filter(({ method }) => method === 'DELETE')).toEqual([])
  })

  test('the page can load files only from its own server, and cannot run inline code', async () => {
    const { send, admit } = await startUi()
    const { headers, body } = await send('/', { headers: await admit() })
    const policy = `${headers['content-security-policy']}`
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
    expect(body).not.toMatch(/https?:|<script>|<style>| style=/)
  })
})

test('all tabs share one watch', async () => {
  const { mock, link, admit } = await startUi({ seedJobs: 9 }, ['--interval', '1h'])
  const headers = await admit()
  const statuses = (): Promise<() => void> =>
    new Promise((resolve, reject) => {
      const stream = request({ host: '127.0.0.1', port: link.port, path: '/api/events', headers }, response => {
        let received = ''
        response.on('data', chunk => {
          received += chunk
          if (/event: statuses\n(?!.*loading)/.test(received)) resolve(() => stream.destroy())
        })
      })
      stream.on('error', reject).end()
    })
  const first = await statuses()
  const countScans = () => mock.requests.filter(({ operation }) => operation === 'listSqlJobs').length
  const before = countScans()
  // The next poll is an hour later. So before then, only another tab could cause a request.
  const others = await Promise.all([statuses(), statuses(), statuses()])
  expect(before).toBeGreaterThan(0)
  expect(countScans()).toBe(before)
  for (const close of [first, ...others]) close()
})

test('the stream begins with all jobs, and the details of a job show its states over time but no secret', async () => {
  const { mock, link, send, admit } = await startUi({ seedJobs: 60 })
  const headers = await admit()
  const events = await new Promise<string>((resolve, reject) => {
    const stream = request({ host: '127.0.0.1', port: link.port, path: '/api/events', headers }, response => {
      let received = ''
      response.on('data', chunk => {
        received += chunk
        if (/event: statuses\ndata: \{.*"dli:flink-job":\{"status":"ready"/.test(received)) {
          resolve(received)
          stream.destroy()
        }
      })
    })
    stream.on('error', reject).end()
  })
  const hello = JSON.parse(/^event: hello\ndata: (.*)$/m.exec(events)?.[1] ?? '') as PageEvents['hello']
  expect(hello.kinds.map(({ service, kind }) => `${service}:${kind}`)).toEqual([
    'dli:batch',
    'dli:sql-job',
    'dli:flink-job',
  ])
  const listed = [...events.matchAll(/^event: jobs\ndata: (.*)$/gm)].flatMap(
    ([, data = '']) => JSON.parse(data) as PageEvents['jobs'],
  )
  expect(new Set(listed.map(({ ref }) => ref))).toEqual(new Set(mock.jobs.list().map(({ ref }) => ref)))

  const ended = mock.jobs.list('dli:batch').find(({ state }) => state === 'succeeded')
  const reply = await send(`/api/jobs/${encodeURIComponent(ended?.ref ?? '')}`, { headers })
  const details = JSON.parse(reply.body) as JobDetails
  expect(details.changes.map(({ state, source }) => [state, source])).toEqual([
    ['queued', 'service'],
    ['running', 'duration'],
    ['succeeded', 'service'],
  ])
  expect(details.job.end).toBe(ended?.finishedAt)
  expect(reply.body).not.toContain('any-token')
})

test('streams a log as one JSON object per line', async () => {
  const { mock, send, admit } = await startUi({ seedJobs: 9 })
  const headers = await admit()
  const [job] = mock.jobs.list('dli:batch')
  const { body } = await send(`/api/jobs/${encodeURIComponent(job?.ref ?? '')}/logs`, { headers })
  const messages = body
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as object)
  expect(messages[0]).toEqual({ text: 'stdout: ' })
  expect(messages.at(-1)).toEqual({ end: true })
})

test('reports errors of the services, and jobs that do not exist', async () => {
  const { send, admit } = await startUi({ strict: true })
  const headers = await admit()
  const unknown = await send('/api/jobs/dli:batch:00000000-0000-4000-8000-000000000000', { headers })
  expect(unknown.status).toBe(404)
  expect(unknown.body).toContain('DLI.0023')
  expect((await send('/api/jobs/wrong', { headers })).body).toContain('Invalid job reference "wrong"')
  expect((await send('/api/jobs/%zz', { headers })).status).toBe(400)
  expect((await send('/api/unknown', { headers })).status).toBe(404)
  // There is no history without --database.
  expect((await send('/api/history?days=7', { headers })).status).toBe(404)
})

test('if the port is in use, the error message names the port', async () => {
  const { link } = await startUi()
  const { result } = startCommand(['ui', '--endpoint', 'http://127.0.0.1:9', '--port', link.port])
  const { exitCode, stderr } = await result
  expect(stderr).toBe(
    `jobscope: Port ${link.port} is in use. Choose another port with --port. 0 chooses a free port.\n`,
  )
  expect(exitCode).toBe(2)
})

test('suggests the name of a service that is misspelled', async () => {
  const { exitCode, stderr } = await startCommand(['ui', '--endpoint', 'http://127.0.0.1:9', '--service', 'dll']).result
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: 'jobscope: Unknown service "dll". Did you mean dli?\n' })
})
