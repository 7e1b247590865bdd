import { expect, test } from 'vitest'
import { bundle } from '../src/bundle.ts'

test.each(['core', 'core/sign', 'iam', 'dli', 'modelarts', 'cs', 'res', 'jobs'])(
  '@jobscope/%s bundles for browsers and workers without modules of Node',
  async name => {
    for (const condition of ['browser', 'workerd']) {
      const text = await bundle(`export * from '@jobscope/${name}'`, [condition])
      expect(text.match(/node:\w+|\brequire\(/g)).toBeNull()
      expect(text.length).toBeGreaterThan(1000)
    }
  },
)

test('@jobscope/core/sign uses node:crypto in Node', async () => {
  expect(await bundle(`export * from '@jobscope/core/sign'`, ['node'])).toContain('node:crypto')
})

test('a bundle with one function contains only the code that this function calls', async () => {
  const text = await bundle(`export { token } from '@jobscope/core'`, ['browser'])
  // Lines without indentation are declarations, and statements that the bundler keeps because of possible side effects.
  expect(text.match(/^\w.*/gm)).toEqual([
    expect.stringMatching(/^var controlCharacters = /),
    expect.stringMatching(/^var removeControlCharacters = /),
    'var brand = /* @__PURE__ */ Symbol.for("jobscope.error");',
    'var JobscopeError = class extends Error {',
    'var ConfigurationError = class extends JobscopeError {',
    expect.stringMatching(/^var isHeaderToken = /),
    'function requireHeaderToken(value, option) {',
    'function token(value) {',
    'export {',
  ])
})
