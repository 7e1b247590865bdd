import { getMethod } from '../internal/methods.ts'
import type { JobTarget } from './job-kind.ts'

/**
 * Requests the cancellation of a job. Does nothing if jobs of the kind cannot be canceled.
 *
 * @throws the errors of the call, see `CallOptions`
 */
export async function cancelJob({ client, kind, args }: JobTarget): Promise<void> {
  if (!kind.cancel) return
  const { operation, args: fixedArgs, body, without = [] } = kind.cancel
  const parameters = Object.fromEntries(Object.entries(args).filter(([name]) => !without.includes(name)))
  await getMethod(client, operation)({ ...parameters, ...fixedArgs, ...(body && { body: fillBody(body, args) }) }, {})
}

/**
 * Replaces each `$name` in a body by that part of the key. A value of digits becomes a number, because paths accept text for a
 * numeric ID but bodies do not. 16 digits and more stay text, because a number may not hold them exactly.
 */
const fillBody = (body: object, key: JobTarget['args']): unknown =>
  JSON.parse(
    JSON.stringify(body).replace(/"\$(\w+)"/g, (_, name: string) => {
      const value = `${key[name]}`
      return /^\d{1,15}$/.test(value) ? value : JSON.stringify(value)
    }),
  )
