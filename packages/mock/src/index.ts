export { createMock, type MockOptions } from './create-mock.ts'
export type { Mock } from './server.ts'
