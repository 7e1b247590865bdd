import { useEffect, useState } from 'preact/hooks'

interface Observable<Value> {
  get(): Value
  subscribe(listener: (value: Value) => void): () => void
}

/** Returns the current value of a store. When the value changes, the component is rendered again. */
export function useStore<Value>(store: Observable<Value>): Value {
  const [value, setValue] = useState(store.get())
  useEffect(() => {
    setValue(store.get())
    return store.subscribe(setValue)
  }, [store])
  return value
}

/** The current time in epoch ms, updated every second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
