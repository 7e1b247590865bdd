/** Compiles the examples in the doc comments of the published packages. Prints each error with its place in the source. */
import { join } from 'node:path'
import { checkExamples } from './check-examples.ts'

const { count, errors } = checkExamples(join(import.meta.dirname, '../../..'))
if (errors.length > 0) {
  console.error(errors.join('\n'))
  console.error(
    `\n${errors.length} errors in ${count} examples. tools/examples/src/globals.d.ts declares what examples may assume.`,
  )
  process.exitCode = 1
} else {
  console.log(`${count} examples compile.`)
}
