import type { Methods } from '../internal/methods.ts'
import type { JobKind } from './job-kind.ts'

type Args = Record<string, unknown>

/**
 * Asks for the end of a job, as its kind says; nothing happens where the kind has no way.
 *
 * @param args the job's key
 * @throws whatever the call throws, see `CallOptions`
 */
export async function cancelJob(client: object, { cancel }: JobKind, args: Args): Promise<void> {
  if (!cancel) return
  const { operation, args: more, body, without = [] } = cancel
  const own = { ...args }
  for (const parameter of without) delete own[parameter]
  await (client as Methods)[operation]?.({ ...own, ...more, ...(body && { body: filled(body, args) }) }, {})
}

/** A body with the values of the key: `$name`. One that is all digits is a number there: paths take both, bodies do not. */
const filled = (body: object, key: Args): unknown =>
  JSON.parse(
    JSON.stringify(body).replace(/"\$(\w+)"/g, (_, name: string) => {
      const value = `${key[name]}`
      return /^\d{1,15}$/.test(value) ? value : JSON.stringify(value)
    }),
  )
