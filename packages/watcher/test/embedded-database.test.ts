import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openHistory } from '../src/open-history.ts'
import { openEmbeddedDatabase } from '../src/store/embedded-database.ts'
import { lockFolder } from '../src/store/folder-lock.ts'

async function createFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const readMode = async (path: string) => (await stat(path)).mode & 0o777

test.each([['notes.txt'], ['data/notes.txt']])(
  'refuses a folder that contains %s and no database, and does not change the folder',
  async file => {
    const folder = await createFolder()
    await chmod(folder, 0o755)
    await mkdir(join(folder, 'data'))
    await writeFile(join(folder, file), 'x')
    await expect(openEmbeddedDatabase(folder)).rejects.toThrow(
      `The folder ${folder} contains other files and no database. Use a new or empty folder.`,
    )
    expect(await readMode(folder)).toBe(0o755)
  },
)

test('refuses a file', async () => {
  const file = join(await createFolder(), 'file')
  await writeFile(file, 'x')
  await expect(openEmbeddedDatabase(file)).rejects.toThrow(`${file} is a file. Use a folder.`)
})

test('openHistory does not create a database', async () => {
  const parent = await createFolder()
  const folder = join(parent, 'typo')
  await expect(openHistory(folder)).rejects.toThrow(`The folder ${folder} contains no database.`)
  expect(await readdir(parent)).toEqual([])
})

test('uses a folder whose first start failed or was interrupted', async () => {
  const folder = await createFolder()
  await (await lockFolder(folder)).release()
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'data', 'postgresql.conf'), '')
  const database = await openEmbeddedDatabase(folder)
  expect((await database.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await database.close()
  expect(await readMode(folder)).toBe(0o700)
})
