/** For the other packages of Jobscope, which are released together with this one; not a promise to anybody else. */
export { systemClock } from './clock.ts'
export { milliseconds } from './duration.ts'
export { at } from './pointer.ts'
export { passing } from './wait.ts'
