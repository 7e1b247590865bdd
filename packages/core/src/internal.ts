/** For the other packages of Jobscope, which are released together with this one; not a promise to anybody else. */
export type { Answer } from './attempts.ts'
export { systemClock } from './clock.ts'
export { milliseconds } from './duration.ts'
export type { Happening } from './hooks.ts'
export { at } from './pointer.ts'
export { passing } from './wait.ts'
