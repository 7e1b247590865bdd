import { chai } from 'vitest'

const createError = () => new Error('The code threw undefined instead of an error.')

function replaceUndefinedError(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    throw error ?? createError()
  }
}

// `toThrow('text')` does not compare the text if the code throws `undefined`, because `undefined` has no message.
chai.use(({ Assertion }, { flag, overwriteMethod }) => {
  overwriteMethod(
    Assertion.prototype,
    'throws',
    assertThrows =>
      function (this: object, ...args: unknown[]) {
        const given: unknown = flag(this, 'object')
        // After `rejects`, `given` is the reason of the rejection. Otherwise, `given` is the function to call.
        if (given === undefined) flag(this, 'object', createError())
        if (typeof given === 'function') {
          flag(this, 'object', () => replaceUndefinedError(given as () => unknown))
        }
        return assertThrows.apply(this, args)
      },
  )
})
