import { describe, expect, test } from 'vitest'
import { changed, fixture } from '../../test/fixture.ts'
import type { Document } from '../read/document.ts'
import { readService } from '../read/service.ts'
import { emitSample } from './samples.ts'

function sample(id: string, document: Document = fixture()): string {
  const service = readService('toy', document)
  const operation = service.operations.find(operation => operation.id === id)
  if (!operation) throw new Error(`${id} is not in the fixture`)
  return emitSample(service, operation)
}

describe('samples', () => {
  test('a job is read and its state printed', () => {
    expect(sample('getJob')).toBe(`import { aksk, readJob } from '@jobscope/core'
import { createToyClient, jobs } from '@jobscope/toy'

const toy = createToyClient({
  cloud: 'huaweicloud',
  region: 'cn-north-4',
  projectId: '0123',
  credentials: aksk({ accessKey: 'your-access-key', secretKey: 'your-secret-key' }),
})

const job = await toy.getJob({ job_id: 'j-1' })
const { name, state } = readJob(jobs.job, job)

console.log(name, state)
`)
  })

  test('a list is asked for the newest and looped over', () => {
    expect(sample('listJobs')).toContain(`const page = await toy.listJobs({ order: 'desc' })

for (const job of page.jobs) {
  const { name, state } = readJob(jobs.job, job)
  console.log(name, state)
}
`)
  })

  test('a list of no known kind shows a few arguments and what names its items', () => {
    expect(
      sample('listJobs', changed('/x-jobs', undefined)),
    ).toContain(`({ size: 50, order: 'desc', 'state-in': ['NEW'] })

for (const job of page.jobs) {
  console.log(job.id, job.name, job.state)
}
`)
  })

  test('what was created is named by its key', () => {
    const text = sample('createJob')
    expect(text).toContain("body: { name: 'nightly', priority: 'low', steps: [{ kind: 'sql' }] }")
    expect(text).toContain('console.log(job.id)')
  })

  test('a call without a reply prints nothing', () => {
    expect(sample('deleteJob')).toMatch(/\n\nawait toy.deleteJob\(\{ job_id: 'j-1' \}\)\n$/)
  })

  test('a file is a Blob', () => {
    expect(sample('uploadFile')).toContain("{ name: 'a.jar', file: new Blob(['…']) }")
  })
})
