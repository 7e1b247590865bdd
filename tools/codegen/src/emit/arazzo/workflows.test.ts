import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { changed, fixture } from '../../../test/fixture.ts'
import type { Document } from '../../read/document.ts'
import { readService } from '../../read/service.ts'
import type { ArazzoDocument, Step, Workflow } from './types.ts'
import { emitWorkflows } from './workflows.ts'

function workflows(document: Document = fixture()): readonly Workflow[] {
  const text = emitWorkflows(readService('toy', document)).get('job')
  return (parse(text ?? '') as ArazzoDocument).workflows
}

const stepIds = (workflow: Workflow | undefined) => workflow?.steps.map(step => step.stepId)
const findStep = (workflow: Workflow | undefined, id: string): Step | undefined =>
  workflow?.steps.find(step => step.stepId === id)

describe('emitWorkflows', () => {
  test('emits a workflow that runs a job and a workflow that cancels a job', () => {
    const [run, cancel] = workflows()
    expect([run?.workflowId, stepIds(run)]).toEqual(['runJob', ['create', 'poll']])
    expect([cancel?.workflowId, stepIds(cancel)]).toEqual(['cancelJob', ['create', 'cancel', 'poll']])
  })

  test('creates the job with the example of the spec, and passes the key of the job to the next steps', () => {
    const [, cancel] = workflows()
    expect(findStep(cancel, 'create')).toMatchObject({
      requestBody: { payload: { name: 'nightly' } },
      outputs: { job_id: '$response.body#/id' },
    })
    expect(findStep(cancel, 'cancel')?.requestBody?.payload).toEqual({ job_ids: ['$steps.create.outputs.job_id'] })
    expect(findStep(cancel, 'poll')?.parameters).toEqual([
      { name: 'job_id', in: 'path', value: '$steps.create.outputs.job_id' },
    ])
  })

  test('the run workflow of an endless job polls until the job runs, and all other workflows poll until the job ends', () => {
    const conditions = (document?: Document) =>
      workflows(document).map(workflow => findStep(workflow, 'poll')?.successCriteria.at(-1)?.condition)
    expect(conditions()).toEqual(['^(RUNNING|DONE|LOST)$', '^(DONE|LOST)$'])
    expect(conditions(changed('/x-jobs/job/endsByItself', true))).toEqual(['^(DONE|LOST)$', '^(DONE|LOST)$'])
  })

  test('starts a job that does not start by itself', () => {
    const document = changed('/x-jobs/job/simulation/paths/create', ['NEW'])
    const start = [{ operation: 'stopJobs', body: { job_ids: ['$job_id'] } }]
    Object.assign(document['x-jobs']?.['job']?.operations ?? {}, { start })
    expect(stepIds(workflows(document)[0])).toEqual(['create', 'start', 'poll'])
  })

  test('reads the first log of a job that has several logs', () => {
    const logs = { operation: 'getJob', at: '/lines', each: { job_id: '/files' } }
    const [run] = workflows(changed('/x-jobs/job/operations/logs', logs))
    expect(findStep(run, 'poll')?.outputs).toMatchObject({ logPart: '$response.body#/files/0' })
    expect(findStep(run, 'readLog')?.parameters?.[0]?.value).toBe('$steps.poll.outputs.logPart')
  })

  test('calls the operations in `views` that require only the key of the job', () => {
    const views = [{ operation: 'getJob' }, { operation: 'listJobs' }, { operation: 'uploadFile' }]
    const [run] = workflows(changed('/x-jobs/job/operations/views', views))
    expect(stepIds(run)).toEqual(['create', 'poll', 'getJob', 'listJobs'])
  })

  test('emits no workflow for a job kind if the spec has no operation that creates such jobs', () => {
    expect([...emitWorkflows(readService('toy', fixture())).keys()]).toEqual(['job'])
  })
})
