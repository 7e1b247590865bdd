/** node generate.js <generator> <spec> <folder>: generates TypeScript from a spec. */

import { createClient } from '@hey-api/openapi-ts'
import { build } from '@kubb/core'
import { pluginOas } from '@kubb/plugin-oas'
import { pluginTs } from '@kubb/plugin-ts'
import { generate } from 'orval'
import { generateApi } from 'swagger-typescript-api'

const generators = {
  'hey-api': (input, output) =>
    createClient({
      input,
      output,
      logs: { level: 'silent', file: false },
      plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch'],
    }),
  orval: (input, output) =>
    generate({
      input: { target: input },
      output: { target: `${output}/client.ts`, client: 'fetch', mode: 'single' },
    }),
  kubb: (input, output) =>
    build({
      config: {
        root: output,
        input: { path: input },
        output: { path: output },
        plugins: [pluginOas({ validate: true, generators: [] }), pluginTs({ output: { path: 'types' } })],
      },
    }),
  'swagger-typescript-api': (input, output) => generateApi({ input, output, fileName: 'api.ts', silent: true }),
}

const [generator, input, output] = process.argv.slice(2)
await generators[generator](input, output)
