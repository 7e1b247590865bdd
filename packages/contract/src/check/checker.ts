import { type Bundle, readBundle, type ServiceName, services as serviceNames } from '@jobscope/specs'
import { createMatcher, type Endpoints } from '../schema/match-operation.ts'
import type { OperationContract } from '../schema/operation.ts'
import { createServiceContract, type ServiceContract } from '../schema/service-contract.ts'
import type { Exchange } from '../traffic/exchange.ts'
import { isStackOverflow, nestedTooDeeply } from '../traffic/nesting.ts'
import type { BrokenPart } from '../traffic/read-traffic.ts'
import { checkRequest } from './check-request.ts'
import { checkResponse } from './check-response.ts'
import { computeCoverage, type ServiceCoverage } from './coverage.ts'
import { createFindingGroups, type Finding, type Location } from './finding.ts'
import { findSettledGaps, type GapEvidence } from './gaps.ts'
import type { Difference, Observation } from './observation.ts'
import { rules } from './rules.ts'

export interface CheckerOptions {
  /** The services whose traffic is checked. @default all */
  readonly services?: readonly ServiceName[] | undefined
  /** Bundles to check against, by service. @default the bundles of the installed `@jobscope/specs` */
  readonly bundles?: ReadonlyMap<string, Bundle> | undefined
  /**
   * Base URLs, by service, if the requests were sent to a gateway or to a mock on another machine. Requests to the servers in the specs, or
   * to a mock on this machine, need no base URL.
   */
  readonly endpoints?: Endpoints | undefined
  /** Whether to check requests even if the service rejected them with a 4xx status. @default false */
  readonly checksRejected?: boolean | undefined
}

/** The result of a check. */
export interface CheckReport {
  /** The number of exchanges that were checked. */
  readonly exchanges: number
  /** Exchanges with hosts that belong to none of the services. They are not checked. */
  readonly skipped: { readonly count: number; readonly hosts: readonly string[] }
  /** Lines and entries that are not exchanges. At most 100 are listed. */
  readonly broken: { readonly count: number; readonly parts: readonly BrokenPart[] }
  readonly findings: readonly Finding[]
  /** The number of differences that are not in `findings`, because the traffic has more than 10,000 different findings. */
  readonly omitted: number
  /** The number of findings that the baseline contains. They are not in `findings`. */
  readonly suppressed: number
  readonly coverage: readonly ServiceCoverage[]
  /** Failures that the service reported with a 2xx status. */
  readonly failuresInSuccess: number
  /** Requests of `verifyLive` that failed. Empty for recorded traffic. */
  readonly failedRequests: readonly FailedRequest[]
  /** The gaps in GAPS.md whose assumption the traffic confirms or contradicts. */
  readonly gaps: readonly GapEvidence[]
}

/** A request that failed, so its operation could not be checked completely. */
export interface FailedRequest {
  readonly service: string
  readonly operation: string
  /** Why the request failed, on one line. */
  readonly message: string
}

/** Checks exchanges one by one. */
export interface Checker {
  /** Checks an exchange. Returns its differences from the specs, or `undefined` if its host belongs to no service. */
  check(exchange: Exchange, location?: Location): readonly Observation[] | undefined
  /** Counts a part of a file that is not an exchange. */
  addBroken(part: BrokenPart): void
  getReport(): CheckReport
}

const noLocation: Location = { file: '', line: 0 }
const maxListed = 100

/**
 * Creates a checker. `checkTraffic` checks files; use a checker for exchanges in memory.
 *
 * @example
 * const checker = createChecker({ services: ['dli'] })
 * checker.check({ request: { method: 'GET', url }, response: { status: 200, body: '{}' } })
 * const { findings } = checker.getReport()
 */
export function createChecker({ services, bundles, endpoints, checksRejected = false }: CheckerOptions = {}): Checker {
  const names = services ?? (bundles ? [...bundles.keys()] : serviceNames)
  const contracts = names.map(name =>
    createServiceContract(name, bundles?.get(name) ?? readBundle(name as ServiceName)),
  )
  const matcher = createMatcher(contracts, endpoints)
  const groups = createFindingGroups()
  const errorCodes = new Map<OperationContract, Map<string, number>>()
  const skippedHosts = new Set<string>()
  const broken: BrokenPart[] = []
  let [exchanges, skipped, brokenCount, failuresInSuccess] = [0, 0, 0, 0]

  function check(exchange: Exchange, location: Location = noLocation): readonly Observation[] | undefined {
    const { request, response } = exchange
    const found = matcher.match(request.method, request.url)
    if (!found) {
      skipped++
      if (skippedHosts.size < maxListed) skippedHosts.add(getHost(request.url))
      return undefined
    }
    exchanges++
    const { service, path, matched } = found
    const observations: Observation[] = []
    const operation = matched?.operation
    const method = request.method.toUpperCase()
    const report = (difference: Difference) => {
      const { rule, side } = difference
      const observation: Observation = {
        pointer: '',
        gaps: [],
        severity: rules[rule].severity[side],
        ...difference,
        service: service.name,
        operation,
      }
      observations.push(observation)
      groups.add(observation, { method, path, service }, location)
    }
    if (!matched) {
      if (isDerivedMethod(method, request.url)) return observations
      const base = { rule: 'unknown-operation', side: 'request', place: 'operation' } as const
      report({ ...base, expected: 'a documented operation', seen: `${method} ${path}` })
      return observations
    }
    try {
      checkMatched(service, matched.operation)
    } catch (error) {
      if (!isStackOverflow(error)) throw error
      exchanges--
      addBroken({ ...location, reason: nestedTooDeeply })
    }
    return observations

    function checkMatched(contract: ServiceContract, called: OperationContract): void {
      called.seen++
      if (called.isDeprecated) {
        const base = { rule: 'deprecated-operation', side: 'request', place: 'operation' } as const
        report({ ...base, expected: 'an operation that is not deprecated', seen: called.id })
      }
      // A request that the service refused may be wrong, so its differences from the spec are not reported.
      const isRefused = !checksRejected && response.status >= 400 && response.status < 500
      if (matched) checkRequest(matched, request, contract.validators, isRefused ? () => {} : report)
      // If a request has no response, a browser records the status 0.
      if (response.status === 0) return
      const facts = checkResponse(contract, called, response, report)
      if (facts.isFailureInSuccess) failuresInSuccess++
      for (const code of facts.errorCodes) {
        const counts = errorCodes.get(called) ?? new Map<string, number>()
        errorCodes.set(called, counts.set(code, (counts.get(code) ?? 0) + 1))
      }
    }
  }

  /**
   * Whether HTTP defines the request, so that a spec does not have to document it: the preflight request of a browser, or HEAD for an
   * operation with GET.
   */
  const isDerivedMethod = (method: string, url: string): boolean =>
    method === 'OPTIONS' || (method === 'HEAD' && matcher.match('GET', url)?.matched !== undefined)

  function addBroken(part: BrokenPart): void {
    brokenCount++
    if (broken.length < maxListed) broken.push(part)
  }

  return {
    check,
    addBroken,
    getReport() {
      const found = groups.list()
      return {
        exchanges,
        skipped: { count: skipped, hosts: [...skippedHosts] },
        broken: { count: brokenCount, parts: broken },
        findings: found.map(({ finding }) => finding),
        omitted: groups.omitted,
        suppressed: 0,
        coverage: contracts
          .filter(({ operations }) => operations.some(({ seen }) => seen > 0))
          .map(contract => computeCoverage(contract, errorCodes)),
        failuresInSuccess,
        failedRequests: [],
        gaps: contracts.flatMap(contract => findSettledGaps(contract, found)),
      }
    },
  }
}

const getHost = (url: string): string =>
  /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1]?.split('@').pop() ?? url.slice(0, 60)
