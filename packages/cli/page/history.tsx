import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { PageHistory } from '../src/ui/protocol.ts'
import { formatCount } from './format.ts'
import { HistoryTable } from './history-table.tsx'
import { applyTheme, readTheme } from './theme.ts'

const choices = [1, 7, 30, 90] as const

const readDays = (): number => {
  const days = Number(new URLSearchParams(location.search).get('days'))
  return choices.find(choice => choice === days) ?? 7
}

const History = () => {
  const [days, setDays] = useState(readDays())
  const [history, setHistory] = useState<PageHistory>()
  const [error, setError] = useState<string>()
  useEffect(() => {
    const controller = new AbortController()
    const load = async () => {
      const response = await fetch(`/api/history?days=${days}`, controller)
      if (!response.ok) throw new Error((await response.text()).trim())
      setHistory(await response.json())
      setError(undefined)
    }
    load().catch(error => {
      if (!controller.signal.aborted) setError(error.message)
    })
    window.history.replaceState(null, '', `?days=${days}`)
    return () => controller.abort()
  }, [days])
  return (
    <>
      <header class="header">
        <h1>
          <a class="home" href="/">
            <img src="/icon.svg" alt="" width="22" height="22" />
            Jobscope
          </a>
        </h1>
        <a href="/">All jobs</a>
      </header>
      <main>
        <div class="history-head">
          <h2>History</h2>
          <div class="segments" role="group" aria-label="Period">
            {choices.map(choice => (
              <button type="button" key={choice} aria-pressed={days === choice} onClick={() => setDays(choice)}>
                {choice}d
              </button>
            ))}
          </div>
        </div>
        {error !== undefined && <p role="alert">The history could not be read: {error}</p>}
        {!history && error === undefined && <p role="status">Loading the history</p>}
        {history && (
          <>
            <HistoryTable history={history} />
            <Failures failures={history.failures} />
          </>
        )}
      </main>
    </>
  )
}

const maxReasons = 50

const Failures = ({ failures }: Pick<PageHistory, 'failures'>) => (
  <section aria-labelledby="failures">
    <h2 id="failures">Failures by reason</h2>
    {failures.length === 0 ? (
      <p>No job failed in this period.</p>
    ) : (
      <table class="failures">
        <thead>
          <tr>
            <th scope="col" class="number">
              Failures
            </th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {failures.slice(0, maxReasons).map(({ reason, count }) => (
            <tr key={reason}>
              <td class="number">{formatCount(count)}</td>
              <td class="reason">{reason ?? 'The service gave no reason.'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
)

applyTheme(readTheme())
render(<History />, document.body)
