import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** The rows that are rendered. All rows have the same height, so the scroll position determines which rows are visible. */
export interface VisibleRows {
  readonly first: number
  /** The index after the last rendered row. */
  readonly end: number
  readonly scrollTop: number
  readonly height: number
}

/** The number of additional rows that are rendered above and below the visible rows, so that fast scrolling shows no gaps. */
const overscan = 6

/** Computes which rows of a scrolled element are visible. */
export function useVisibleRows(element: RefObject<HTMLElement | null>, count: number, rowHeight: number): VisibleRows {
  const [{ scrollTop, height }, setPosition] = useState({ scrollTop: 0, height: 600 })
  useEffect(() => {
    const scrolled = element.current
    if (!scrolled) return
    const update = () => setPosition({ scrollTop: scrolled.scrollTop, height: scrolled.clientHeight })
    update()
    scrolled.addEventListener('scroll', update, { passive: true })
    const observer = new ResizeObserver(update)
    observer.observe(scrolled)
    return () => {
      scrolled.removeEventListener('scroll', update)
      observer.disconnect()
    }
  }, [element])
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan)
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + overscan)
  return { first: Math.min(first, count), end, scrollTop, height }
}

/** The scroll position that shows a row, or undefined if the row is visible. */
export function getScrollTopFor(index: number, rowHeight: number, visible: Pick<VisibleRows, 'scrollTop' | 'height'>) {
  const top = index * rowHeight
  if (top < visible.scrollTop) return top
  const bottom = top + rowHeight
  return bottom > visible.scrollTop + visible.height ? bottom - visible.height : undefined
}
