import type { CallOptions } from '../http/client-options.ts'
import { getMethod } from '../internal/methods.ts'
import type { JobTarget } from './job-kind.ts'

/**
 * Requests the cancellation of a job. Does nothing if jobs of the kind cannot be canceled.
 *
 * @param options options of the call
 * @throws the errors of the call, see `CallOptions`
 */
export async function cancelJob({ client, kind, args }: JobTarget, options: CallOptions = {}): Promise<void> {
  if (!kind.cancel) return
  const { operation, args: fixedArgs, body, without = [] } = kind.cancel
  const parameters = Object.fromEntries(Object.entries(args).filter(([name]) => !without.includes(name)))
  const callArgs = { ...parameters, ...fixedArgs, ...(body && { body: fillBody(body, args) }) }
  await getMethod(client, operation)(callArgs, options)
}

/**
 * Replaces each `$name` in a body with the part `name` of the key. A value that consists of digits becomes a number: a numeric ID is text
 * in a path, but must be a number in a body. A value of 16 or more digits stays text, because a number may not represent it exactly. A
 * value with a leading zero stays text, too.
 */
export const fillBody = (body: object, key: JobTarget['args']): unknown =>
  JSON.parse(
    JSON.stringify(body).replace(/"\$(\w+)"/g, (_, name: string) => {
      const value = `${key[name]}`
      return /^(0|[1-9]\d{0,14})$/.test(value) ? value : JSON.stringify(value)
    }),
  )
