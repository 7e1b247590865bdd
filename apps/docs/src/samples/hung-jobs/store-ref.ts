import { strictEqual } from 'node:assert'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// #show

import { writeFileSync } from 'node:fs'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli }: SampleContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'))
  const body = { file: 'obs://jobs/rollup.jar', className: 'Rollup' }
  const refFile = join(folder, 'job-ref.txt')
  // #show
  const { id } = await dli.createBatch({ body })
  writeFileSync(refFile, `dli:batch:${id}`)
  await dli.waitForBatch({ batch_id: id })
  // #end
  strictEqual(readFileSync(refFile, 'utf8'), `dli:batch:${id}`)
  rmSync(folder, { recursive: true })
}
