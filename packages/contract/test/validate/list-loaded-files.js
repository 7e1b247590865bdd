/**
 * `node list-loaded-files.js <endpoint> [validate]`: calls an operation with a client, with or without validation. Prints which files the
 * program loaded from this package, and from the packages with schemas and validators.
 */
import { registerHooks } from 'node:module'

const loaded = []
registerHooks({
  load(url, context, nextLoad) {
    loaded.push(url)
    return nextLoad(url, context)
  },
})

const [, , endpoint, mode] = process.argv
const { token } = await import('@jobscope/core')
const { createDliClient } = await import('@jobscope/dli')
const validation = mode === 'validate' && (await import('../../dist/validate/index.js'))
const dli = createDliClient({
  endpoint,
  projectId: 'p',
  credentials: token('t'),
  ...(validation && { validate: validation.validator({ onDrift: 'throw' }) }),
})
await dli.listBatches()
const names = loaded.flatMap(url => /\/(?:contract\/dist|specs|ajv|ajv-formats)\/.+/.exec(url) ?? [])
console.log(JSON.stringify(names))
