export { type CheckTrafficOptions, checkTraffic, createBaseline, type TrafficSource } from './check/check-traffic.ts'
export {
  type Checker,
  type CheckerOptions,
  type CheckReport,
  createChecker,
  type FailedRequest,
} from './check/checker.ts'
export type { CoverageTotals, OperationCoverage, Ratio, ServiceCoverage, Used } from './check/coverage.ts'
export type { Finding, Location } from './check/finding.ts'
export type { GapEvidence } from './check/gaps.ts'
export type { Observation, Place } from './check/observation.ts'
export { type Rule, ruleNames, rules, type Severity } from './check/rules.ts'
export { findServer } from './record/find-server.ts'
export { createRecordingHooks, type Recorder, type RecorderOptions, recorder } from './record/recorder.ts'
export {
  type RecordingProxy,
  type RecordingProxyOptions,
  startRecordingProxy,
} from './record/recording-proxy.ts'
export type { ProxyRequest, ProxyResponse, SendRequest } from './record/send-by-http.ts'
export {
  createTrafficWriter,
  type TrafficFormat,
  type TrafficWriter,
  type TrafficWriterOptions,
} from './record/traffic-writer.ts'
export type { AccessKey } from './record/verify-signature.ts'
export { createRedactor, type Redact, type RedactOptions } from './redact/redact-exchange.ts'
export { formatReport, type ReportFormat, reportFormats } from './report/format-report.ts'
export type { TextOptions } from './report/format-text.ts'
export { type ExpectContractOptions, expectContract } from './testing/expect-contract.ts'
export type { RecordedCall, RecordingMock } from './testing/recording-mock.ts'
export { type Replay, type ReplayOptions, replayFailures } from './testing/replay-failures.ts'
export type { Exchange, RecordedHeaders } from './traffic/exchange.ts'
export { type BrokenPart, type LocatedExchange, readTraffic } from './traffic/read-traffic.ts'
export { checkUpgrade, type UpgradeVerdict, type Verdict } from './upgrade/check-upgrade.ts'
export { type PlannedRead, planReads } from './verify/plan-reads.ts'
export { type ReadingClient, type VerifyOptions, type VerifyResult, verifyLive } from './verify/verify-live.ts'
