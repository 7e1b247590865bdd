import { expect, test } from 'vitest'
import { createFolder, startMock } from './start-mock.ts'

test.each([
  [['cancel'], 'Pass the references of jobs, or options that select jobs, such as --queue or --name.'],
  [
    ['get', 'cs:job:1', '--queue', 'etl'],
    'Filter options and --all apply only to lists of jobs. Use jobscope get jobs, or jobscope ls.',
  ],
  [
    ['retry', 'cs:job:1', 'cs:job:2', '--file', 'body.json'],
    '--file contains the request of one job. Pass only one reference.',
  ],
  [
    ['get', 'batches', '--kind', 'cs:job'],
    'Omit --kind, because the argument "batches" already selects kinds of jobs.',
  ],
  [['get', 'dli', '--service', 'cs'], 'Omit --service, because the argument "dli" already selects a service.'],
  [['ls', '--all', '--limit', '5'], "option '--all' cannot be used with option '--limit <count>'"],
  [
    ['ls', '-o', 'name', '--query', '[].name'],
    '--query cannot be combined with -o name. Use it with -o json or -o yaml.',
  ],
  [
    ['get', 'cs:job:1', '-o', 'jsonpath={.name}', '--query', 'name'],
    '--query cannot be combined with -o jsonpath={.name}. Use it with -o json or -o yaml.',
  ],
  [['top'], 'jobscope top requires a terminal. In a pipe, use jobscope watch.'],
  [['configure'], 'jobscope configure asks questions, so standard input must be a terminal.'],
  [
    ['upgrade-check', '--traffic', 'body.json', '--to', 'none'],
    'none is neither a file nor a folder. Pass the JSON file of a bundle',
  ],
  [
    ['upgrade-check', '--traffic', 'body.json', '--to', 'other.json'],
    'other.json is not the bundle of one of these services: dli, ',
  ],
  [['upgrade-check', '--traffic', 'body.json', '--to', '.'], '. has no bundles. Expected files such as dist/dli.json.'],
  [
    ['upgrade-check', '--traffic', 'body.json', '--to', 'body.json'],
    'body.json is not a bundle: expected OpenAPI as JSON.',
  ],
  [['submit', 'cs:job'], 'requires a request body. Pass a file, or - for standard input. --example prints an example.'],
  [
    ['submit', 'dli:batch', 'body.json', '--start'],
    '--start is not supported: jobs of kind dli:batch start automatically.',
  ],
])('jobscope %j exits with 2 and says what to do instead', async (args, message) => {
  const { run } = await startMock({ seedJobs: 9 })
  const cwd = createFolder({
    'body.json': '{}',
    'other.json': '{"openapi":"3.1.0","paths":{},"x-client-name":"other"}',
  })
  const { exitCode, stderr } = await run(args, { cwd })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
})

test.each([
  ['restore', 'dli:batch', 'have no savepoints. To submit such a job again, run jobscope retry.'],
  ['delete', 'dli:sql-job', 'cannot be deleted, because the service has no operation for this.'],
])('jobscope %s exits with 2 for a job of the kind %s', async (command, kind, reason) => {
  const { mock, run } = await startMock({ seedJobs: 20 })
  const ref = mock.jobs.list(kind)[0]?.ref ?? ''
  const { exitCode, stderr } = await run([command, ref, '--yes'])
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`Jobs of kind ${kind} ${reason}`)])
})
