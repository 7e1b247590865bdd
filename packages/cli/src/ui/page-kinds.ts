import type { ServiceJobKind } from '@jobscope/jobs'
import type { Kind } from '../spec/kinds.ts'
import type { PageKind } from './protocol.ts'

/** @param specs the specs of the kinds, by name: `dli:batch` */
export const toPageKinds = (kinds: readonly ServiceJobKind[], specs: ReadonlyMap<string, Kind>): PageKind[] =>
  kinds.map(({ service, kind, rules }) => {
    const spec = specs.get(`${service}:${kind}`)
    return {
      service,
      // The title of a spec is the name of the service, followed by "jobs". The page shows only the name.
      serviceTitle: spec?.document.info.title.replace(/ jobs$/, '') ?? service,
      kind,
      title: spec?.title ?? kind,
      canCancel: rules.cancel !== undefined,
      hasLogs: rules.logs !== undefined,
    }
  })
