import type { RecordingMock } from './recording-mock.ts'

/** @throws TypeError if the argument `mock` is not a mock that records */
export function checkMock(mock: Pick<RecordingMock, 'exchanges'> | undefined): void {
  if (Array.isArray(mock?.exchanges)) return
  throw new TypeError('mock has no exchanges. Pass the result of createMock({ record: true }) of @jobscope/mock.')
}
