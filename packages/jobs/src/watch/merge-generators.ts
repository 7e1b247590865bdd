/**
 * Yields the values of several generators as they arrive. It requests at most one value of each generator in advance, so a slow consumer
 * slows down the generators, and values do not pile up.
 *
 * It does not use `Promise.race`, because each call would leave a callback at the generators that have not yet yielded.
 */
export async function* mergeGenerators<T>(generators: readonly AsyncGenerator<T, void>[]): AsyncGenerator<T, void> {
  /** Functions that return or throw the result of a generator. */
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
