import { defineCollection } from 'astro:content'
import { docsLoader } from '@astrojs/starlight/loaders'
import { docsSchema } from '@astrojs/starlight/schema'
import { glob } from 'astro/loaders'
import { API_FOLDER, hasApiReference } from './api-reference/api-index.ts'

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  ...(hasApiReference() && {
    api: defineCollection({ loader: glob({ base: API_FOLDER, pattern: '*/**/*.md' }) }),
  }),
}
