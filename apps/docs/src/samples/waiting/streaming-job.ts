// #show

import { isJobFailedError } from '@jobscope/core'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli }: SampleContext) => {
  const { job } = await dli.createFlinkSqlJob({
    body: {
      name: 'clicks',
      job_type: 'flink_opensource_sql_job',
      sql_body: 'insert into sink select * from source',
      run_mode: 'exclusive_cluster',
      queue_name: 'stream',
    },
  })
  const { job_id } = job
  // #show
  await dli.runFlinkJobs({ body: { job_ids: [job_id] } })
  const running = await dli.waitForFlinkJob({ job_id })
  console.log(running.status)

  await dli.stopFlinkJobs({ body: { job_ids: [job_id], trigger_savepoint: true } })
  try {
    await dli.waitForFlinkJob({ job_id }, { until: 'ended' })
  } catch (error) {
    if (!isJobFailedError(error)) throw error
    console.log(error.job.state)
  }
  // #end
}
// #prints
// job_running
// canceled
