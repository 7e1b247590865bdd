/** Draws random items without repetition. The same seed and list always result in the same items. */
export function draw<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const rest = [...items]
  const random = createRandom(seed)
  const drawn: Item[] = []
  while (drawn.length < count && rest.length > 0) drawn.push(...rest.splice(Math.floor(random() * rest.length), 1))
  return drawn
}

/** Creates the random number generator mulberry32. It returns numbers from 0 to 1. The same seed results in the same numbers. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}
