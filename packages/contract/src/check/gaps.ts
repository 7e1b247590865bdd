import { describeCount } from '../report/describe-finding.ts'
import { escapeMarkdown, formatCode } from '../report/escape-markdown.ts'
import type { OperationContract, ParameterContract } from '../schema/operation.ts'
import type { ServiceContract } from '../schema/service-contract.ts'
import type { Shape } from '../schema/shape.ts'
import { visitShapes } from './coverage.ts'
import { describePrivately, describeValue } from './describe-value.ts'
import type { FindingGroup } from './finding.ts'

/** Whether the traffic confirms or contradicts what the spec assumes about a gap in GAPS.md. */
export interface GapEvidence {
  /** ID of the gap: `DLI-016`. */
  readonly id: string
  readonly service: string
  /**
   * `contradicted`: there is a finding at a place that the spec marks with the gap. `confirmed`: the recorded values fit what the spec
   * assumes about the gap.
   */
  readonly result: 'confirmed' | 'contradicted'
  /** Where the evidence is: operation, place and pointer. */
  readonly places: readonly string[]
  /** Text for an issue, in Markdown. The text contains no values that could be private. */
  readonly snippet: string
}

interface Evidence {
  readonly place: string
  readonly text: string
  readonly isContradiction: boolean
}

/** The maximum number of places per gap in a report. */
const maxPlaces = 5

/** Lists the gaps that the traffic settles. */
export function findSettledGaps(service: ServiceContract, groups: readonly FindingGroup[]): readonly GapEvidence[] {
  const evidence = new Map<string, Evidence[]>()
  const add = (ids: readonly string[], item: Evidence) => {
    for (const id of ids) evidence.set(id, [...(evidence.get(id) ?? []), item])
  }
  for (const { finding, publicPointer, publicSeen } of groups) {
    const { service: name, gaps, operation, side, expected, count } = finding
    if (name !== service.name || gaps.length === 0) continue
    add(gaps, {
      place: `${operation} ${side} ${publicPointer}`,
      text: `expected ${expected}, seen ${publicSeen} (${describeCount(count, 'time')})`,
      isContradiction: true,
    })
  }
  for (const operation of service.operations) if (operation.seen > 0) addSeenPlaces(operation, add)
  return [...evidence]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, items]) => createEvidence(id, service.name, items))
}

function addSeenPlaces(operation: OperationContract, add: (ids: readonly string[], item: Evidence) => void): void {
  const { id, gaps, parameters, request, responses, seen } = operation
  if (gaps.length > 0) add(gaps, { place: id, text: `called ${describeCount(seen, 'time')}`, isContradiction: false })
  for (const parameter of parameters.values()) addParameter(id, parameter, add)
  for (const response of responses) {
    if (response.seen === 0) continue
    const place = `${id} response ${response.status}`
    if (response.gaps.length > 0) {
      add(response.gaps, { place, text: `seen ${describeCount(response.seen, 'time')}`, isContradiction: false })
    }
    for (const header of response.headers) addParameter(`${place} header`, header, add)
    for (const body of response.bodies) addShapes(place, body.getShape(), add)
  }
  for (const body of request?.bodies ?? []) addShapes(`${id} request`, body.getShape(), add)
}

function addParameter(
  owner: string,
  { in: location, name, gaps, seen, getShape }: ParameterContract,
  add: (ids: readonly string[], item: Evidence) => void,
): void {
  if (seen === 0) return
  const place = `${owner} ${location} ${name}`
  if (gaps.length > 0) add(gaps, { place, text: `sent ${describeCount(seen, 'time')}`, isContradiction: false })
  addShapes(place, getShape(), add)
}

function addShapes(owner: string, root: Shape, add: (ids: readonly string[], item: Evidence) => void): void {
  visitShapes(root, '', (shape, pointer) => {
    const { gaps, seen, firstValue } = shape
    if (gaps.length === 0 || seen === 0) return
    const text = `${describeSeen(firstValue, shape)} (${describeCount(seen, 'time')})`
    add(gaps, { place: `${owner} ${pointer}`.trim(), text, isContradiction: false })
  })
}

/** A string is shown only if the spec lists it, because other strings could be private. */
function describeSeen(value: unknown, { allowed, state, isSensitive }: Shape): string {
  const text = String(value)
  const isListed = allowed.has(text) || state?.known.has(text.toLowerCase()) === true
  return isListed ? describeValue(value, isSensitive) : describePrivately(value, isSensitive)
}

function createEvidence(id: string, service: string, items: readonly Evidence[]): GapEvidence {
  const contradictions = items.filter(({ isContradiction }) => isContradiction)
  const relevant = contradictions.length > 0 ? contradictions : items
  const result = contradictions.length > 0 ? 'contradicted' : 'confirmed'
  const lines = relevant.slice(0, maxPlaces).map(({ place, text }) => `- ${formatCode(place)}: ${escapeMarkdown(text)}`)
  const more = relevant.length > maxPlaces ? [`- and ${describeCount(relevant.length - maxPlaces, 'more place')}`] : []
  return {
    id,
    service,
    result,
    places: relevant.map(({ place }) => place),
    snippet: [
      `**${id}** (specs/${service}/GAPS.md): real traffic ${result === 'confirmed' ? 'fits' : 'contradicts'} the spec.`,
      '',
      ...lines,
      ...more,
    ].join('\n'),
  }
}
