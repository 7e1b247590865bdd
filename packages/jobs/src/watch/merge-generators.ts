/**
 * Yields the values of several generators as they arrive. It requests at most one value of each generator in advance. So a slow consumer
 * slows down the generators, and values do not accumulate.
 *
 * It does not use `Promise.race`, because each call of it would leave a callback at every generator that has not yielded yet.
 */
export async function* mergeGenerators<T>(generators: readonly AsyncGenerator<T, void>[]): AsyncGenerator<T, void> {
  /** Each function returns a value that a generator has yielded, returns undefined if the generator has ended, or throws its error. */
  const results: (() => T | undefined)[] = []
  let notify = () => {}
  let runningCount = generators.length
  const requestNext = (generator: AsyncGenerator<T, void>) => {
    const addResult = (take: () => T | undefined) => {
      results.push(take)
      notify()
    }
    generator.next().then(
      ({ value, done }) =>
        addResult(() => {
          if (done) {
            runningCount--
            return undefined
          }
          requestNext(generator)
          return value as T
        }),
      error =>
        addResult(() => {
          throw error
        }),
    )
  }
  for (const generator of generators) requestNext(generator)
  while (runningCount > 0) {
    const take = results.shift()
    if (take) {
      const value = take()
      if (value !== undefined) yield value
    } else {
      await new Promise<void>(resolve => {
        notify = resolve
      })
    }
  }
}
