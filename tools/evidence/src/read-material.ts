import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { readMarkdown } from './documents/markdown.ts'
import { readOperation } from './documents/read-operation.ts'
import { readPermissions } from './documents/read-permissions.ts'
import { readWalkthrough } from './documents/read-walkthrough.ts'
import { readRst } from './documents/rst.ts'
import type { Material, Operation } from './material.ts'
import { readGoClient } from './sdk/go-client.ts'
import { readGoModels } from './sdk/go-models.ts'
import { readNodeClient } from './sdk/node-client.ts'
import { readNodeModels } from './sdk/node-models.ts'
import { readTerraform } from './sdk/terraform.ts'

/** Reads a local copy of a document repository or an SDK. For an SDK, returns one `Material` per service. */
export async function readMaterial(folder: string): Promise<Material[]> {
  const files = await listFiles(folder)
  const clients = files.filter(file => /(Client\.ts|_meta\.go)$/.test(file) && file.includes('/services/'))
  if (clients.length > 0) return Promise.all(clients.map(file => readSdk(folder, file)))
  const resources = files.filter(file => /\/(resource|data_source)_\w+\.go$/.test(file) && !file.endsWith('_test.go'))
  if (resources.length > 0) return readProvider(folder, resources)
  const pages = files.filter(file => file.endsWith('.rst') || file.endsWith('.md'))
  const operations = await Promise.all(pages.map(file => readPage(folder, file)))
  return [{ folder: basename(folder), operations: operations.flat() }]
}

async function readProvider(folder: string, files: readonly string[]): Promise<Material[]> {
  const texts = await Promise.all(
    files.map(async file => [relative(folder, file), await readFile(file, 'utf8')] as const),
  )
  const services = [...readTerraform(new Map(texts))]
  return services.map(([service, operations]) => ({ folder: `${basename(folder)}/${service}`, service, operations }))
}

async function readPage(folder: string, file: string): Promise<Operation[]> {
  const text = await readFile(file, 'utf8')
  const name = relative(folder, file)
  const page = file.endsWith('.rst') ? readRst(text, name) : readMarkdown(text, name)
  const operation = readOperation(page)
  return [...(operation ? [operation] : readWalkthrough(page)), ...readPermissions(page)]
}

async function readSdk(folder: string, file: string): Promise<Material> {
  const text = await readFile(file, 'utf8')
  const models = await readModels(join(file, '..', 'model'))
  const name = relative(folder, file)
  const operations = file.endsWith('.go')
    ? readGoClient({ file: name, definitions: text, models: readGoModels(models) })
    : readNodeClient({ file: name, client: text, models: readNodeModels(models) })
  const service = basename(join(file, '..', '..'))
  return { folder: `${basename(folder)}/${service}`, service, operations }
}

async function readModels(folder: string): Promise<Map<string, string>> {
  const files = await listFiles(folder)
  return new Map(await Promise.all(files.map(async file => [file, await readFile(file, 'utf8')] as const)))
}

/** Lists all files below `folder`. The list is sorted, so that the result does not depend on the file system. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return files.filter(file => !file.includes('/.git/')).sort()
}
