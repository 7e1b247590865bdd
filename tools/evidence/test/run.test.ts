import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../src/run.ts'
import { emptyScope } from '../src/spec/scope.ts'
import { cakes } from './fixture.ts'

const page = `Getting a Cake
==============

URI
---

GET /v1/{project_id}/cakes/{cake_id}

Example Responses
-----------------

.. code-block::

   {"state": 1}
`

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-'))
  await mkdir(join(folder, 'docs'))
  await mkdir(join(folder, 'empty'))
  await writeFile(join(folder, 'docs', 'cake.rst'), page)
})

afterAll(() => rm(folder, { recursive: true }))

async function runWith(...args: readonly string[]) {
  const out: string[] = []
  const errors: string[] = []
  const services = [{ name: 'cake', document: cakes, scope: emptyScope }]
  const code = await run(args, { services, log: text => out.push(text), error: text => errors.push(text) })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}

describe('the command', () => {
  it('prints the four lists and exits with 1 if a difference is not explained', async () => {
    const { code, out } = await runWith(join(folder, 'docs'))
    expect(code).toBe(1)
    expect(out).toMatchInlineSnapshot(`
      "# cake: docs
      1 operations found, 1 of them in the spec, which has 1; 1 examples of these checked.

      Operations in neither the spec nor SCOPE.md: 0 unexplained, 0 explained

      Examples that do not validate: 1 unexplained, 0 explained
        getCake cake.rst #1: response: /state must be string [docs cake]

      Fields documented and missing, or invented: 0 unexplained, 0 explained

      Values and states missing: 1 unexplained, 0 explained
        getCake response state = 1: the spec lists rising, done [docs cake #1]
      "
    `)
  })

  it('prints JSON', async () => {
    const { out } = await runWith('--json', join(folder, 'docs'))
    expect(JSON.parse(out)).toMatchObject([{ service: 'cake', differences: [{ kind: 'example' }, { kind: 'value' }] }])
  })

  it('rejects a folder that contains no operation of a spec', async () => {
    const { code, errors } = await runWith(join(folder, 'docs'), join(folder, 'empty'))
    expect(errors).toMatch(/empty contains no operation of a spec/)
    expect(code).toBe(2)
  })

  it('rejects a folder that does not exist', async () => {
    const { code, errors } = await runWith(join(folder, 'docs'), join(folder, 'dosc'))
    expect(errors).toMatch(/dosc is not a folder/)
    expect(code).toBe(2)
  })

  it('exits with 2 without folders or with an unknown option', async () => {
    expect(await runWith()).toMatchObject({ code: 2, errors: expect.stringMatching(/^Usage/) })
    expect(await runWith('--xml', folder)).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/^Unknown option --xml/),
    })
  })
})
