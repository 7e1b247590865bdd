import { useMemo } from 'preact/hooks'
import type { KindStatus, KindStatuses, PageJob, PageKind } from '../src/ui/protocol.ts'
import { formatCount } from './format.ts'
import { Icon } from './icons.tsx'
import { getKindName } from './query.ts'

interface ServicesPanelProps {
  readonly kinds: readonly PageKind[]
  readonly statuses: KindStatuses
  readonly jobs: readonly PageJob[]
  /** Names of services and kinds: `dli`, `cs:job`. */
  readonly selected: readonly string[]
  /** On a small screen, the panel is hidden until the user opens it. */
  readonly isOpen: boolean
  readonly onSelect: (kinds: readonly string[]) => void
}

/** All kinds of jobs by service, each with its status. A click on a kind shows only its jobs. */
export const ServicesPanel = ({ kinds, statuses, jobs, selected, isOpen, onSelect }: ServicesPanelProps) => {
  const counts = useMemo(() => countKinds(jobs), [jobs])
  const services = [...new Set(kinds.map(({ service }) => service))]
  const toggle = (name: string) =>
    onSelect(selected.includes(name) ? selected.filter(each => each !== name) : [...selected, name])
  return (
    <nav class={`services${isOpen ? ' open' : ''}`} aria-label="Services" id="services">
      <button type="button" class="kind" aria-pressed={selected.length === 0} onClick={() => onSelect([])}>
        <span class="title">All services</span>
        <span class="count">{formatCount(jobs.length)}</span>
      </button>
      {services.map(service => (
        <section key={service}>
          <h2>{kinds.find(kind => kind.service === service)?.serviceTitle}</h2>
          {kinds
            .filter(kind => kind.service === service)
            .map(kind => {
              const name = getKindName(kind)
              return (
                <button
                  type="button"
                  class="kind"
                  key={name}
                  aria-pressed={selected.includes(name) || selected.includes(service)}
                  onClick={() => toggle(name)}
                >
                  <span class="title">{kind.title}</span>
                  <Status status={statuses[name]} count={counts.get(name) ?? 0} />
                </button>
              )
            })}
        </section>
      ))}
    </nav>
  )
}

const Status = ({ status, count }: { readonly status: KindStatus | undefined; readonly count: number }) => {
  switch (status?.status) {
    case 'failed':
      return (
        <span class="count failed" title={status.message}>
          <Icon name="warning" />
          error
        </span>
      )
    case 'unavailable':
      return (
        <span class="count" title={status.message}>
          not set up
        </span>
      )
    case 'ready':
    case 'truncated':
      return <span class="count">{count === 0 ? 'none' : formatCount(count)}</span>
    default:
      return (
        <span class="count">
          {count > 0 && formatCount(count)}
          <span class="spinner" role="img" aria-label="loading" />
        </span>
      )
  }
}

function countKinds(jobs: readonly PageJob[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const job of jobs) counts.set(getKindName(job), (counts.get(getKindName(job)) ?? 0) + 1)
  return counts
}
