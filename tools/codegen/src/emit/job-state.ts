import { formatBanner } from '../text/banner.ts'
import { formatDocComment } from '../text/doc-comment.ts'

/** Emits `job-state.gen.ts` of core, which contains the states that all kinds of jobs share. */
export function emitJobState(states: readonly string[]): string {
  const list = states.map(state => `'${state}'`).join(', ')
  return [
    formatBanner('extensions'),
    `\n${formatDocComment(['The states that the states of every kind of job map to. A state that no document describes is `unknown`.'])}`,
    `export const jobStates = [${list}] as const\n`,
    `\n${formatDocComment(['A state that every kind of job maps to. `succeeded`, `failed` and `canceled` are terminal.'])}`,
    'export type JobState = (typeof jobStates)[number]\n',
  ].join('')
}
