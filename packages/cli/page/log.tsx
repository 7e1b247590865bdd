import type { VNode } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { readLog } from './api.ts'
import { formatCount } from './format.ts'
import { formatCode } from './format-code.tsx'
import { Icon } from './icons.tsx'
import { getScrollTopFor, useVisibleRows } from './use-visible-rows.ts'

interface LogProps {
  readonly jobRef: string
  readonly isOver: boolean
  readonly coverage: string | undefined
}

interface Line {
  readonly text: string
  readonly source?: string
}

const lineHeight = 20
/** More lines are dropped from the beginning, so that the page does not grow without limit. */
const maxLines = 50_000

/** The log of a job. It follows a job that has not ended, until the user turns that off or scrolls up. */
export const Log = ({ jobRef, isOver, coverage }: LogProps) => {
  const [lines, setLines] = useState<readonly Line[]>([])
  const [status, setStatus] = useState<'loading' | 'following' | 'complete'>('loading')
  const [error, setError] = useState<string>()
  const [follow, setFollow] = useState(!isOver)
  const [text, setText] = useState('')
  const [match, setMatch] = useState(0)
  const [attempt, setAttempt] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const visible = useVisibleRows(box, lines.length, lineHeight)

  useEffect(() => {
    const controller = new AbortController()
    const read = async () => {
      let isFirst = true
      setError(undefined)
      for await (const messages of readLog(jobRef, follow, controller.signal)) {
        const added: Line[] = []
        for (const message of messages) {
          if ('error' in message) setError(message.error)
          else if ('end' in message) setStatus('complete')
          else added.push(message)
        }
        // A log that is read again replaces the lines of the log before.
        const keepsLines = !isFirst
        isFirst = false
        setLines(before => [...(keepsLines ? before : []), ...added].slice(-maxLines))
        if (follow) setStatus(before => (before === 'complete' ? before : 'following'))
      }
    }
    setStatus('loading')
    read().catch(failure => !controller.signal.aborted && setError((failure as Error).message))
    return () => controller.abort()
  }, [jobRef, follow, attempt])

  const matches = useMemo(() => {
    const searched = text.toLowerCase()
    return searched === ''
      ? []
      : lines.flatMap((line, index) => (line.text.toLowerCase().includes(searched) ? index : []))
  }, [lines, text])
  const current = matches.length > 0 ? matches[match % matches.length] : undefined

  useEffect(() => {
    if (current === undefined || !box.current) return
    const top = getScrollTopFor(current, lineHeight, { ...visible, height: visible.height - 2 * lineHeight })
    if (top !== undefined) box.current.scrollTop = top
  }, [current])

  // While the log is followed, the newest line stays visible.
  useEffect(() => {
    if (follow && text === '' && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [lines, follow])

  const move = (step: number) => setMatch(before => (before + step + matches.length) % Math.max(1, matches.length))
  const width = useMemo(() => Math.max(0, ...lines.slice(-2000).map(line => line.text.length)), [lines])

  return (
    <section class="log">
      <h3>Log</h3>
      <div class="log-tools">
        <label class="search">
          <Icon name="search" />
          <input
            type="search"
            aria-label="Search the log"
            placeholder="Search the log"
            value={text}
            onInput={event => {
              setText(event.currentTarget.value)
              setMatch(0)
            }}
            onKeyDown={event => event.key === 'Enter' && move(event.shiftKey ? -1 : 1)}
          />
        </label>
        {text !== '' && (
          <span class="matches" role="status">
            {matches.length === 0 ? 'No matches' : `${(match % matches.length) + 1} of ${formatCount(matches.length)}`}
          </span>
        )}
        <label class="switch">
          <input type="checkbox" checked={follow} onChange={event => setFollow(event.currentTarget.checked)} />
          Follow
        </label>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <div ref={box} class="lines" role="log" aria-label="Log lines" aria-live="off" tabIndex={0}>
        <div class="all-lines" style={{ height: `${lines.length * lineHeight}px`, minWidth: `${width + 2}ch` }}>
          {lines.slice(visible.first, visible.end).map(({ text: line, source }, offset) => {
            const index = visible.first + offset
            return (
              <div
                class={`line${index === current ? ' current' : ''}`}
                key={index}
                style={{ transform: `translateY(${index * lineHeight}px)` }}
              >
                {source !== undefined && <span class="source">{source} </span>}
                {highlight(line, text)}
              </div>
            )
          })}
        </div>
        {lines.length === 0 && error === undefined && (
          <p class="muted">{status === 'complete' ? 'The log is empty.' : 'Loading the log'}</p>
        )}
      </div>
      {error !== undefined && (
        <p class="notice error">
          <Icon name="warning" />
          <span>
            <b>Cannot read the log.</b> {error}{' '}
            <button type="button" class="link" onClick={() => setAttempt(attempt + 1)}>
              Try again
            </button>
          </span>
        </p>
      )}
      {coverage !== undefined && <p class="muted small">{formatCode(coverage)}</p>}
    </section>
  )
}

/** Marks the parts of a line that match a search. */
function highlight(line: string, text: string): (string | VNode)[] | string {
  if (text === '') return line
  const parts: (string | VNode)[] = []
  const lowerCase = line.toLowerCase()
  let position = 0
  for (;;) {
    const found = lowerCase.indexOf(text.toLowerCase(), position)
    if (found < 0) return [...parts, line.slice(position)]
    parts.push(line.slice(position, found), <mark>{line.slice(found, found + text.length)}</mark>)
    position = found + text.length
  }
}
