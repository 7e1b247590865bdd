import type { ServiceJob } from '@jobscope/jobs'
import { findCreatingOperation } from '../jobs/creating-operation.ts'
import { hasEnded } from '../jobs/has-ended.ts'
import { readCreatedRef } from '../jobs/read-created-ref.ts'
import { describeEndedJob, requestUnlessEnded } from '../jobs/request-unless-ended.ts'
import { planRetry, retryJob } from '../jobs/retry-job.ts'
import { findKind } from '../spec/kinds.ts'
import { redactRequest } from '../spec/redact-sensitive.ts'
import { callProperties, type OperationCall, prepareCall } from './call-operation.ts'
import { findRef } from './job-tools.ts'
import type { Plan, Plans } from './plans.ts'
import { defineTool, type Tool, type ToolContext } from './tool.ts'

interface PlannedTool<Arguments> extends Omit<Tool<Arguments>, 'run' | 'writes'> {
  /** Prepares a change. Sends only requests that change nothing. */
  readonly plan: (args: Arguments, context: ToolContext) => Promise<Plan>
}

/** Creates a tool whose first call returns a plan. Only a second call with the value of `confirm` executes the plan. */
const definePlannedTool = <Arguments extends object>({ plan, ...tool }: PlannedTool<Arguments>, plans: Plans): Tool =>
  defineTool<Arguments & { readonly confirm?: string }>({
    ...tool,
    description: `${tool.description} The first call changes nothing: it returns a plan and a value for confirm. Show the plan to the user. If the user agrees, call the tool again with the same arguments and this value.`,
    properties: {
      ...tool.properties,
      confirm: { type: 'string', description: 'The value of confirm from the plan. Omit it in the first call.' },
    },
    writes: true,
    async run({ confirm, ...rest }, context) {
      const args = rest as object as Arguments
      if (confirm !== undefined) {
        const { execute } = plans.take(confirm, tool.name, args, context.now())
        return { executed: true, ...(await execute(context.signal)) }
      }
      const prepared = await plan(args, context)
      return {
        executed: false,
        plan: prepared.description,
        confirm: plans.add(tool.name, args, prepared, context.now()),
        next: `Nothing was sent. To execute the plan, call ${tool.name} again with the same arguments and this value of confirm.`,
      }
    },
  })

const refProperties = { ref: { type: 'string', description: 'Job reference: service:kind:id.' } }

/** Tools that change something. */
export const createWriteTools = (plans: Plans): readonly Tool[] => [
  definePlannedTool<{ readonly ref: string }>(
    {
      name: 'cancel_job',
      description: 'Request the cancellation of a job.',
      properties: refProperties,
      required: ['ref'],
      async plan({ ref: text }, context) {
        const { jobs, signal } = context
        const job: ServiceJob = await jobs.get(await findRef(text, context), { signal })
        const { ref, name, state } = job
        return {
          description: {
            action: 'cancel',
            ref,
            name,
            state,
            ...(hasEnded(job, jobs, Date.now()) && {
              hasEnded: true,
              note: `${describeEndedJob(job)} A confirmation sends no cancellation.`,
            }),
          },
          async execute(executeSignal) {
            const request = () => jobs.cancel(ref, { signal: executeSignal })
            const endedJob = await requestUnlessEnded(ref, jobs, request, executeSignal)
            if (endedJob) return { ref, cancellationRequested: false, state: endedJob.state }
            return { ref, cancellationRequested: true }
          },
        }
      },
    },
    plans,
  ),
  definePlannedTool<{ readonly ref: string }>(
    {
      name: 'retry_job',
      description: 'Submit a job again with the same request, or start the same job again.',
      properties: refProperties,
      required: ['ref'],
      async plan({ ref: text }, context) {
        const { jobs, getClient, signal } = context
        const ref = await findRef(text, context)
        const plan = await planRetry(ref, jobs, signal)
        const kind = await findKind(ref.split(':').slice(0, 2).join(':'))
        return {
          description: {
            action: plan.type === 'start' ? 'start the same job again' : 'create a new job with this request',
            ref,
            operation: plan.operation,
            ...(plan.type === 'create' && {
              body: redactRequest(kind, plan.operation, plan.body),
              theNewJobLacks: plan.omits,
            }),
          },
          execute: async executeSignal => ({
            ref: await retryJob(plan, { jobs, getClient, signal: executeSignal }),
            retryOf: ref,
          }),
        }
      },
    },
    plans,
  ),
  definePlannedTool<{ readonly kind: string } & Omit<OperationCall, 'operation'>>(
    {
      name: 'submit_job',
      description: 'Create a job. The body is validated first. describe_operation returns the schema of the body.',
      properties: {
        kind: { type: 'string', description: 'A kind of job (dli:batch), or the operation that creates the job.' },
        arguments: callProperties.arguments,
        body: { type: 'object', description: 'Request body.' },
      },
      required: ['kind', 'body'],
      async plan({ kind: name, ...call }, context) {
        const { kind, operation } = await findCreatingOperation(name)
        const { service, id } = operation
        const { send } = await prepareCall({ ...call, operation: `${service}.${id}` }, context)
        const { jobs, connection } = context
        return {
          description: describeCall({ ...call, operation: `${service}.${id}` }, operation, 'create a job'),
          async execute(signal) {
            const response = await send(signal)
            const args = { ...connection.parameters, ...call.arguments, body: call.body }
            return { ref: readCreatedRef(jobs, { kind, operation: id, response, args }), response }
          },
        }
      },
    },
    plans,
  ),
  definePlannedTool<OperationCall>(
    {
      name: 'call_operation',
      description: 'Call any operation, including operations that change something. The arguments are validated first.',
      properties: callProperties,
      required: ['operation'],
      async plan(call, context) {
        const { operation, send } = await prepareCall(call, context)
        return {
          description: describeCall(call, operation, operation.summary),
          execute: async signal => ({ response: await send(signal) }),
        }
      },
    },
    plans,
  ),
]

const describeCall = (
  call: OperationCall,
  operation: Awaited<ReturnType<typeof prepareCall>>['operation'],
  action: string,
): object => ({
  action,
  operation: `${operation.service}.${operation.id}`,
  request: `${operation.method} ${operation.path}`,
  arguments: call.arguments,
  body: redactRequest(operation, operation.id, call.body),
})
