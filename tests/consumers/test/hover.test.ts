import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createConsumer, installed } from '../src/consumer.ts'

const ts = createRequire(import.meta.url)(join(installed, 'typescript-5.9'))
const consumer = createConsumer()
afterAll(() => consumer.remove())

/** Returns what an editor shows for the first occurrence of a name in a program. */
function hover(program: string, name: string): string {
  const file = consumer.write('hover.ts', program)
  const options = { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, strict: true, types: [] }
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path: string) => {
      const text = ts.sys.readFile(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => consumer.folder,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  })
  const { documentation, tags } = service.getQuickInfoAtPosition(file, program.indexOf(name)) ?? {}
  const tagTexts = (tags ?? []).map(
    (tag: { name: string; text: unknown }) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`,
  )
  return [ts.displayPartsToString(documentation), ...tagTexts].join('\n')
}

test('for a call of a list method, the editor shows the route, the source and an example', () => {
  const program = `
import type { DliClient } from '@jobscope/dli'
declare const dli: DliClient
await dli.listBatches({ order: 'CREATE_TIME_DESC' })
`
  const text = hover(program, 'listBatches')
  expect(text).toContain('`GET /v2.0/{project_id}/batches`')
  expect(text).toMatch(/Source: .*\(dli_02_0125\)/)
  expect(text).toContain('@example for await (const item of dli.listBatches.all(')
})
