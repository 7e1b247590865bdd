import type { CheckReport } from '../check/checker.ts'
import type { Finding } from '../check/finding.ts'
import { describeBrokenPart } from './describe-broken-part.ts'
import {
  describeCount,
  describeDifference,
  describeLocation,
  describeOperation,
  describePlace,
} from './describe-finding.ts'
import { escapeControlCharacters } from './escape-control-characters.ts'

/**
 * Formats a report as JUnit XML, with one test suite per service and one test case per operation. A test case fails if the
 * operation has findings with the severity `error`, and has an error if a request of `verifyLive` failed. All other findings are the
 * output of the test case.
 */
export function formatJunit(report: CheckReport): string {
  const { coverage, findings, broken, failedRequests } = report
  const services = [...new Set([...coverage, ...findings, ...failedRequests].map(({ service }) => service))]
  const suites = services.map(service => createSuite(service, report))
  if (broken.count > 0) {
    const reasons = broken.parts.map(describeBrokenPart).join('\n')
    const failure = element(
      'failure',
      { message: `${describeCount(broken.count, 'part')} of the files could not be read`, type: 'broken' },
      [reasons],
    )
    suites.push({
      tests: 1,
      failures: 1,
      errors: 0,
      xml: element('testsuite', { name: 'files', tests: 1, failures: 1, errors: 0, skipped: 0, time: 0 }, [
        new Xml(
          `\n    ${element('testcase', { name: 'can be read', classname: 'files', time: 0 }, [failure]).text}\n  `,
        ),
      ]),
    })
  }
  const tests = suites.reduce((sum, suite) => sum + suite.tests, 0)
  const failures = suites.reduce((sum, suite) => sum + suite.failures, 0)
  const errors = suites.reduce((sum, suite) => sum + suite.errors, 0)
  const content = suites.map(({ xml }) => new Xml(`\n  ${xml.text}`))
  const root = element('testsuites', { name: 'jobscope check', tests, failures, errors, time: 0 }, [
    ...content,
    new Xml('\n'),
  ])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.text}\n`
}

/** A text that is already XML, so it is not escaped. */
class Xml {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

interface Suite {
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly xml: Xml
}

function createSuite(service: string, { coverage, findings, failedRequests }: CheckReport): Suite {
  const own = findings.filter(finding => finding.service === service)
  const called =
    coverage.find(each => each.service === service)?.operations.map(({ operation }) => `${service}.${operation}`) ?? []
  const failed = failedRequests.filter(each => each.service === service)
  const failedNames = failed.map(({ operation }) => `${service}.${operation}`)
  const names = [...new Set([...called, ...own.map(describeOperation), ...failedNames])]
  let failures = 0
  let requestErrors = 0
  const cases = names.map(name => {
    const all = own.filter(finding => describeOperation(finding) === name)
    const errors = all.filter(({ severity }) => severity === 'error')
    const others = all.filter(({ severity }) => severity !== 'error')
    const messages = failed.filter((_, index) => failedNames[index] === name).map(({ message }) => message)
    // A test case counts either as a failure or as an error, not as both.
    if (errors.length > 0) failures++
    else if (messages.length > 0) requestErrors++
    const parts = [
      ...(errors.length === 0 && messages.length > 0
        ? [element('error', { message: messages[0] ?? '', type: 'failed-request' }, [messages.join('\n')])]
        : []),
      ...(errors.length > 0
        ? [
            element('failure', { message: describeFinding(errors[0] as Finding), type: errors[0]?.rule ?? '' }, [
              errors.map(describeFinding).join('\n'),
            ]),
          ]
        : []),
      ...(others.length > 0 ? [element('system-out', {}, [others.map(describeFinding).join('\n')])] : []),
    ]
    return new Xml(`\n    ${element('testcase', { name, classname: service, time: 0 }, parts).text}`)
  })
  const attributes = { name: service, tests: names.length, failures, errors: requestErrors, skipped: 0, time: 0 }
  return {
    tests: names.length,
    failures,
    errors: requestErrors,
    xml: element('testsuite', attributes, [...cases, new Xml('\n  ')]),
  }
}

const describeFinding = (finding: Finding): string =>
  `${finding.severity} ${finding.rule} ${describePlace(finding)}: ${describeDifference(finding)} (${describeCount(finding.count, 'time')}, first ${describeLocation(finding)})`

/** Creates an element. Texts are escaped. */
function element(
  name: string,
  attributes: { readonly [name: string]: string | number },
  content: readonly (string | Xml)[],
): Xml {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(`${value}`)}"`)
  const inner = content.map(part => (part instanceof Xml ? part.text : escapeXml(part))).join('')
  return new Xml(inner === '' ? `<${name}${pairs.join('')}/>` : `<${name}${pairs.join('')}>${inner}</${name}>`)
}

const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML allows no control characters, so they are escaped as in JSON. */
const escapeXml = (text: string): string =>
  text
    .split('\n')
    .map(line => escapeControlCharacters(line).replace(/[&<>"]/g, character => entities[character] ?? character))
    .join('\n')
    .replace(/[\ufffe\uffff\ud800-\udfff]/g, '\ufffd')
