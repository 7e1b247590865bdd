/**
 * What many generators yield, as it comes. Of each, one value at most is asked for in advance: whoever takes slowly makes them
 * wait, and nothing piles up. (No `Promise.race`: each would leave a reaction at the generators that are silent.)
 */
export async function* interleave<T>(generators: readonly AsyncGenerator<T, void>[]): AsyncGenerator<T, void> {
  const ready: (() => T | undefined)[] = []
  let wake = () => {}
  let running = generators.length
  const pull = (generator: AsyncGenerator<T, void>) => {
    const put = (take: () => T | undefined) => {
      ready.push(take)
      wake()
    }
    generator.next().then(
      ({ value, done }) =>
        put(() => {
          if (done) {
            running--
            return undefined
          }
          pull(generator)
          return value as T
        }),
      error =>
        put(() => {
          throw error
        }),
    )
  }
  for (const generator of generators) pull(generator)
  while (running > 0) {
    const take = ready.shift()
    if (take) {
      const value = take()
      if (value !== undefined) yield value
    } else {
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
}
