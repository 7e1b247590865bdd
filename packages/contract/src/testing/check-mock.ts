import type { RecordingMock } from './recording-mock.ts'

/** @throws TypeError if the argument `mock` is not a mock */
export function checkMock(mock: Pick<RecordingMock, 'exchanges'> | undefined): void {
  if (Array.isArray(mock?.exchanges)) return
  const fix = 'Pass the result of createMock({ record: true }) of @jobscope/mock.'
  throw new TypeError(`The argument mock is not a mock. ${fix}`)
}
