import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createConsumer, installed, run } from '../src/consumer.ts'
import { typedProgram } from '../src/programs.ts'

const consumer = createConsumer()
afterAll(() => consumer.remove())
consumer.write('program.ts', typedProgram)

const modules = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  node16: { module: 'node16', moduleResolution: 'node16' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
}
const cases = ['5.4', '5.9', '6', '7'].flatMap(version =>
  (Object.keys(modules) as (keyof typeof modules)[]).flatMap(mode =>
    ['with DOM', 'without DOM'].map(library => ({ version, mode, library })),
  ),
)

test.each(cases)('TypeScript $version compiles a program: resolution $mode, $library', ({ version, mode, library }) => {
  const dom = library === 'with DOM'
  const config = `tsconfig-${version}-${mode}-${dom}.json`
  consumer.write(config, {
    compilerOptions: {
      ...modules[mode],
      target: 'es2022',
      lib: ['es2023', ...(dom ? ['dom', 'dom.iterable'] : [])],
      // Without the types of the DOM, the program uses the types of Node.
      types: dom ? [] : ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
    },
    files: ['program.ts'],
  })
  const { status, output } = run(join(installed, `typescript-${version}/bin/tsc`), ['-p', config], consumer.folder)
  expect(output).toBe('')
  expect(status).toBe(0)
})
