// #show

import { readFile, writeFile } from 'node:fs/promises'
import { isWaitTimeoutError } from '@jobscope/core'

// #end

import { strictEqual } from 'node:assert'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli, batch_id }: SampleContext) => {
  mock.jobs.setScenario(`dli:batch:${batch_id}`, 'hang')
  // #show
  try {
    await dli.waitForBatch({ batch_id }, { timeout: '10m' })
  } catch (error) {
    if (!isWaitTimeoutError(error)) throw error
    console.log('timeout, state:', error.job?.state)
    await writeFile('waiting.json', JSON.stringify(error.handle))
  }
  // #end
  mock.jobs.setScenario(`dli:batch:${batch_id}`, 'run')
  // #show resume
  const { args } = JSON.parse(await readFile('waiting.json', 'utf8'))
  const batch = await dli.waitForBatch(args, { timeout: '10m' })
  // #end
  strictEqual(batch.state, 'success')
}
// #prints
// timeout, state: running
