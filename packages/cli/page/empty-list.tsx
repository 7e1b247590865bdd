import { formatDay } from './format.ts'

interface EmptyListProps {
  readonly isLoading: boolean
  /** Whether the jobs of no kind can be read. */
  readonly isUnreadable: boolean
  readonly isFiltered: boolean
  readonly since: number
  readonly onClear: () => void
}

/** What the list shows instead of jobs. */
export const EmptyList = ({ isLoading, isUnreadable, isFiltered, since, onClear }: EmptyListProps) => {
  if (isLoading && !isFiltered) {
    return (
      <div class="empty" role="row">
        <div role="gridcell">
          <span class="spinner large" role="img" aria-label="loading" />
          <h2>Loading jobs</h2>
        </div>
      </div>
    )
  }
  return (
    <div class="empty" role="row">
      <div role="gridcell">
        <img src="/icon.svg" alt="" width="48" height="48" />
        {isUnreadable ? (
          <>
            <h2>No service can be read</h2>
            <p>The messages above say why. The page tries again automatically.</p>
          </>
        ) : isFiltered ? (
          <>
            <h2>No job matches the filters</h2>
            <button type="button" onClick={onClear}>
              Clear filters
            </button>
          </>
        ) : (
          <>
            <h2>No jobs{since > 0 && ` since ${formatDay(since)}`}</h2>
            <p>
              Jobs appear here when they are submitted, for example with <code>jobscope submit</code>.
            </p>
          </>
        )}
      </div>
    </div>
  )
}
