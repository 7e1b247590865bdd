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
