import { expect, test } from 'vitest'
import { bundle } from '../src/bundle.ts'

/** What a bundler makes of the packages for a browser or a worker: nothing of Node's is in it. */
test.each(['core', 'core/sign', 'iam', 'dli', 'modelarts', 'cs', 'res', 'jobs'])(
  '@jobscope/%s bundles without node:',
  async name => {
    for (const condition of ['browser', 'workerd']) {
      const text = await bundle(`export * from '@jobscope/${name}'`, [condition])
      expect(text.match(/node:\w+|\brequire\(/g)).toBeNull()
      expect(text.length).toBeGreaterThan(1000)
    }
  },
)

test('and for Node, signatures are made by node:crypto', async () => {
  expect(await bundle(`export * from '@jobscope/core/sign'`, ['node'])).toContain('node:crypto')
})

test('one function brings nothing along but what it calls', async () => {
  const text = await bundle(`export { token } from '@jobscope/core'`, ['browser'])
  // All that begins at the margin: declarations, and statements that a bundler dares not leave out.
  expect(text.match(/^\w.*/gm)).toEqual(['function headerSafe(value, name) {', 'function token(value) {', 'export {'])
})
