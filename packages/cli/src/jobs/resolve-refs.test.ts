import type { Clients, Jobs } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { createRefResolver } from './resolve-refs.ts'

/** Creates a function that resolves a text. The lists of the services contain these jobs, the newest first. */
function createResolver(refs: readonly string[], names: { readonly [ref: string]: string } = {}) {
  const list = refs.map(ref => {
    const [service, kind, id] = ref.split(':')
    return { ref, service, kind, id, name: names[ref], state: 'running' }
  })
  const jobs = {
    kinds: ['dli:flink-job', 'cs:job', 'res:job'].map(each => {
      const [service, kind] = each.split(':')
      return { service, kind, rules: { list: {} } }
    }),
    async *list({ kinds }: { readonly kinds: readonly string[] }) {
      yield* list.filter(({ service, kind }) => kinds.includes(`${service}:${kind}`))
    },
  } as unknown as Jobs<Clients>
  return createRefResolver(jobs, fakeTerminal())
}

test.each([
  ['148', ['dli:flink-job:148', 'cs:job:148']],
  ['job:148', ['cs:job:148', 'res:job:148']],
])('rejects %s if several jobs have this complete ID, and lists only these jobs', async (text, matching) => {
  const resolve = createResolver(['dli:flink-job:1480', ...matching])
  const candidates = matching.map(ref => `${ref} \\(running\\)`).join(', ')
  await expect(resolve(text)).rejects.toThrow(new RegExp(`"${text}" matches 2 jobs\\. Use one of: ${candidates}\\.$`))
})

test('rejects a text that is the ID of one job and the name of another job', async () => {
  const resolve = createResolver(['dli:flink-job:148', 'cs:job:7'], { 'cs:job:7': '148' })
  await expect(resolve('148')).rejects.toThrow('"148" matches 2 jobs.')
})

test('a complete ID is not ambiguous although longer IDs begin with it', async () => {
  const resolve = createResolver(['dli:flink-job:1480', 'cs:job:148'])
  expect(await resolve('148')).toBe('cs:job:148')
})
