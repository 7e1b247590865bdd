import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseConfig } from '../src/config/parse-config.ts'

const read = (name: string) => readFile(new URL(`../examples/${name}`, import.meta.url), 'utf8')

interface ComposeService {
  readonly image?: string
  readonly build?: { readonly dockerfile_inline: string }
  readonly secrets?: readonly string[]
  readonly volumes?: readonly string[]
}

test('the example configuration is valid', async () => {
  expect(parseConfig(await read('jobscope.yaml'), 'jobscope.yaml').config.accounts).toHaveLength(1)
})

test('the services of the compose file use only secrets and volumes that the file declares', async () => {
  const { services, secrets, volumes } = parse(await read('compose.yaml'))
  for (const service of Object.values<ComposeService>(services)) {
    expect(service.image ?? service.build?.dockerfile_inline).toMatch(/^(FROM )?[a-z]+:[\w-]+$/m)
    for (const secret of service.secrets ?? []) expect(Object.keys(secrets)).toContain(secret)
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':')
      if (!source.startsWith('.')) expect(Object.keys(volumes)).toContain(source)
    }
  }
})

test('each line of the systemd unit is a section or a setting of a section', async () => {
  const lines = (await read('jobscope.service')).split('\n').filter(line => line && !line.startsWith('#'))
  for (const line of lines) expect(line).toMatch(/^(\[(Unit|Service|Install)\]|[A-Z][A-Za-z]+=.+)$/)
  expect(lines.filter(line => line.startsWith('['))).toEqual(['[Unit]', '[Service]', '[Install]'])
  expect(lines).toContain('UMask=0077')
})
