/**
 * Creates an iterator that can be stopped at any time. The `return()` method of a generator would wait until a pending `next()` has
 * settled. The `return()` method of this iterator does not wait: it aborts the signal and settles all pending calls immediately.
 *
 * @param run creates the generator. The generator should end when the signal aborts.
 * @param signal the consumer's signal
 */
export function createIterator<T>(
  run: (signal: AbortSignal) => AsyncGenerator<T, void>,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<T, void> {
  const stop = new AbortController()
  const generator = run(signal ? AbortSignal.any([signal, stop.signal]) : stop.signal)
  const pending = new Set<(result: IteratorResult<T, void>) => void>()
  const end: IteratorResult<T, void> = { done: true, value: undefined }

  return {
    [Symbol.asyncIterator]() {
      return this
    },
    next: () =>
      new Promise((resolve, reject) => {
        if (stop.signal.aborted) return resolve(end)
        pending.add(resolve)
        generator
          .next()
          .finally(() => pending.delete(resolve))
          .then(resolve, reject)
      }),
    async return() {
      stop.abort()
      for (const resolve of pending) resolve(end)
      // The consumer has stopped the iterator, so later errors are ignored.
      generator.return().catch(() => {})
      return end
    },
  }
}
