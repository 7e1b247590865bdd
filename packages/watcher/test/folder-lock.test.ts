import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { lockFolder } from '../src/store/folder-lock.ts'

async function createFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'jobscope-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Leaves a lock like a process that was killed. */
async function leaveLock(folder: string) {
  await (await lockFolder(folder)).release()
  expect(await readdir(folder)).toEqual(['lock-1.sock'])
}

test('a folder has one lock at a time', async () => {
  const folder = await createFolder()
  const lock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(`Another process uses the folder ${folder}.`)
  await lock.release()
  await (await lockFolder(folder)).release()
})

test('if several callers find the lock of a killed process at the same time, only one of them gets the lock', async () => {
  for (let round = 0; round < 20; round++) {
    const folder = await createFolder()
    await leaveLock(folder)
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(folder)))
    const locks = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
    expect(locks).toHaveLength(1)
    await expect(lockFolder(folder)).rejects.toThrow('Another process uses the folder')
    for (const lock of locks) await lock.release()
    expect(await readdir(folder)).toEqual(['lock-2.sock'])
  }
})

test.runIf(process.platform === 'linux')(
  'a folder with a long path has the same lock for each temporary folder and each link',
  async () => {
    const parent = await createFolder()
    const folder = join(parent, 'x'.repeat(120))
    await mkdir(folder)
    await symlink(folder, join(parent, 'link'))
    const lock = await lockFolder(folder)
    const message = 'Another process uses the folder'
    await expect(lockFolder(join(parent, 'link'))).rejects.toThrow(message)
    vi.stubEnv('TMPDIR', parent)
    onTestFinished(() => void vi.unstubAllEnvs())
    await expect(lockFolder(folder)).rejects.toThrow(message)
    await lock.release()
    await (await lockFolder(folder)).release()
  },
)
