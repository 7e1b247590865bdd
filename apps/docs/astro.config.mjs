import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
import starlightOpenApi, { createOpenAPISidebarGroup } from 'starlight-openapi'
import { getShortTitle, readBundle, services } from './src/lib/bundle.ts'
import { collapseErrorResponses } from './src/lib/collapse-error-responses.ts'
import { getConsolePath } from './src/lib/paths.ts'
import { writeDocuments } from './src/lib/reference-document.ts'

const documents = writeDocuments(new URL('.cache/openapi/', import.meta.url))
const reference = createOpenAPISidebarGroup()
const titles = Object.fromEntries(services.map(service => [service, getShortTitle(readBundle(service))]))

// Node loads these by itself: the one finds its JSON beside itself, the others are a native module. None can be bundled.
const outside = ['@jobscope/specs', '@astrojs/markdown-satteri', 'satteri']
const stayOutside = {
  name: 'stay-outside',
  enforce: 'pre',
  resolveId: id => (outside.includes(id) ? { id, external: true } : undefined),
}

export default defineConfig({
  // Loopback by address: `localhost` may mean ::1, and the console's mock allows what it is asked for by name.
  server: { host: '127.0.0.1', port: 4321 },
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  vite: {
    plugins: [stayOutside, collapseErrorResponses()],
    // Scalar is one megabyte by nature, and is loaded by the console pages alone.
    build: { chunkSizeWarningLimit: 4000 },
  },
  integrations: [
    starlight({
      title: 'Jobscope',
      description: 'Typed TypeScript clients for the job APIs of Huawei Cloud and Open Telekom Cloud.',
      logo: { light: './src/assets/logo-light.svg', dark: './src/assets/logo-dark.svg', alt: '' },
      favicon: '/favicon.svg',
      credits: false,
      pagination: false,
      customCss: [
        '@fontsource-variable/instrument-sans/wght.css',
        '@fontsource-variable/jetbrains-mono/wght.css',
        './src/styles/theme.css',
        './src/styles/reference.css',
      ],
      components: {
        Hero: './src/overrides/Hero.astro',
        PageTitle: './src/overrides/PageTitle.astro',
        SocialIcons: './src/overrides/SocialIcons.astro',
      },
      routeMiddleware: './src/route-data.ts',
      plugins: [
        starlightOpenApi(
          services.map(service => ({
            base: `reference/${service}`,
            schema: documents.reference[service],
            sidebar: { label: titles[service], group: reference, collapsed: false },
          })),
        ),
      ],
      sidebar: [
        { label: 'Start', items: [{ label: 'Jobscope', link: '/' }, 'quickstart'] },
        {
          label: 'Guide',
          items: ['jobs', 'cli', 'credentials', 'waits', 'pages', 'errors', 'retries', 'observability', 'mock'],
        },
        {
          label: 'Vocabulary',
          items: [
            { label: 'Job states', link: '/job-states/' },
            { label: 'Error codes', link: '/error-codes/' },
          ],
        },
        { label: 'Reference', items: [reference] },
        {
          label: 'Console',
          items: services.map(service => ({ label: titles[service], link: getConsolePath(service) })),
        },
      ],
    }),
  ],
})
