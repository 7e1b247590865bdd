import type { KindStatuses, PageKind } from '../src/ui/protocol.ts'
import { formatCount } from './format.ts'
import { Icon } from './icons.tsx'
import { getKindName } from './query.ts'
import type { Connection } from './store.ts'

interface NoticesProps {
  readonly connection: Connection
  readonly statuses: KindStatuses
  readonly kinds: readonly PageKind[]
}

/** What keeps the list from being complete and current. */
export const Notices = ({ connection, statuses, kinds }: NoticesProps) => {
  const failures = groupFailures(statuses, kinds)
  const truncated = kinds.filter(kind => statuses[getKindName(kind)]?.status === 'truncated')
  const [first] = truncated
  const status = first && statuses[getKindName(first)]
  return (
    <div class="notices" role="status">
      {connection === 'lost' && (
        <p class="notice warning">
          <Icon name="warning" />
          <span>
            <b>The connection to jobscope ui is lost.</b> The list shows the last known states. The page reconnects by
            itself.
          </span>
        </p>
      )}
      {connection === 'ended' && (
        <p class="notice warning">
          <Icon name="warning" />
          <span>
            <b>jobscope ui has ended or was started again.</b> Open the newest link that it printed in the terminal.
          </span>
        </p>
      )}
      {failures.map(({ serviceTitle, titles, message }) => (
        <p class="notice error" key={serviceTitle}>
          <Icon name="warning" />
          <span>
            <b>
              Cannot read jobs of {serviceTitle}: {titles.join(', ')}.
            </b>{' '}
            {message} <i>The page tries again by itself.</i>
          </span>
        </p>
      ))}
      {truncated.length > 0 && status?.status === 'truncated' && (
        <p class="notice">
          <span>
            Only the newest {formatCount(status.limit)} jobs of {truncated.map(({ title }) => title).join(', ')} are
            shown.
          </span>
        </p>
      )}
    </div>
  )
}

/** The kinds of a service often fail for the same reason. Only the message of the first one is shown. */
function groupFailures(statuses: KindStatuses, kinds: readonly PageKind[]) {
  const groups = new Map<string, { serviceTitle: string; titles: string[]; message: string }>()
  for (const { service, serviceTitle, kind, title } of kinds) {
    const status = statuses[`${service}:${kind}`]
    if (status?.status !== 'failed') continue
    const group = groups.get(service) ?? { serviceTitle, titles: [], message: status.message }
    group.titles.push(title)
    groups.set(service, group)
  }
  return [...groups.values()]
}
