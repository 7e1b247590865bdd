import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
import starlightOpenApi, { createOpenAPISidebarGroup } from 'starlight-openapi'
import { hasApiReference } from './src/api-reference/api-index.ts'
import { getShortTitle, readBundle, services } from './src/lib/bundle.ts'
import { changeOpenApiComponents } from './src/lib/change-openapi-components.ts'
import { errorClasses, getSlug } from './src/lib/error-classes.ts'
import { listErrorSections } from './src/lib/error-sections.ts'
import { getConsolePath, getErrorCodesPath } from './src/lib/paths.ts'
import { writeDocuments } from './src/lib/reference-document.ts'
import { searchRanking } from './src/lib/search-ranking.ts'
import { machineReadable } from './src/machine-readable/integration.ts'

const documents = writeDocuments(new URL('.cache/openapi/', import.meta.url))
const reference = createOpenAPISidebarGroup()
const titles = Object.fromEntries(services.map(service => [service, getShortTitle(readBundle(service))]))

// These packages cannot be bundled. The first package reads JSON files in its own folder. The others contain a native module.
const external = ['@jobscope/specs', '@astrojs/markdown-satteri', 'satteri']
const keepExternal = {
  name: 'keep-external',
  enforce: 'pre',
  resolveId: id => (external.includes(id) ? { id, external: true } : undefined),
}

// A deployment sets the origin of the site, and the path of the site on this origin.
const { DOCS_SITE: site, DOCS_BASE: base = '/' } = process.env
const image = site && new URL(`${base.replace(/\/$/, '')}/og.png`, site).href

export default defineConfig({
  ...(site && { site }),
  base,
  outDir: hasApiReference() ? './site' : './dist',
  // The host is an IP address, because `localhost` may resolve to ::1.
  server: { host: '127.0.0.1', port: 4321 },
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  vite: {
    plugins: [keepExternal, changeOpenApiComponents()],
    // Scripts are separate files, which browsers can cache. Inline scripts would add 5 kB to each page.
    build: { assetsInlineLimit: 0 },
  },
  integrations: [
    // This integration comes before Starlight, so that it adds the base path to links before Starlight builds the search index.
    machineReadable(),
    starlight({
      head: image ? [{ tag: 'meta', attrs: { property: 'og:image', content: image } }] : [],
      markdown: { processedDirs: ['./.cache/api-reference/'] },
      pagefind: { ranking: searchRanking },
      disable404Route: true,
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
        MarkdownContent: './src/overrides/MarkdownContent.astro',
        PageTitle: './src/overrides/PageTitle.astro',
        Sidebar: './src/overrides/Sidebar.astro',
        SocialIcons: './src/overrides/SocialIcons.astro',
      },
      plugins: [
        starlightOpenApi(
          services.map(service => ({
            base: `reference/${service}`,
            schema: documents.reference[service],
            sidebar: { label: titles[service], group: reference, collapsed: false },
          })),
        ),
        // This middleware changes the sidebar, so it runs after the middleware of starlight-openapi, which builds the
        // sidebar.
        {
          name: 'route-data',
          hooks: {
            'config:setup': ({ addRouteMiddleware }) =>
              addRouteMiddleware({ entrypoint: './src/route-data.ts', order: 'post' }),
          },
        },
      ],
      sidebar: [
        { label: 'Start', items: [{ label: 'Jobscope', link: '/' }, 'quickstart', 'node-versions'] },
        {
          label: 'Guide',
          items: [
            'jobs',
            'cli',
            'ui',
            'mcp',
            'credentials',
            'waiting',
            'pagination',
            'retries',
            'observability',
            'opentelemetry',
            'mock',
          ],
        },
        {
          label: 'How to',
          items: [
            'hung-jobs',
            'watching',
            'testing',
            'contract-testing',
            'proxies',
            'browser',
            'commonjs',
            'raw-requests',
            'migration',
          ],
        },
        {
          label: 'Errors and states',
          items: [
            {
              label: 'Errors',
              items: ['errors', ...errorClasses.map(each => ({ label: each.name, link: `/errors/${getSlug(each)}/` }))],
            },
            {
              label: 'Error codes',
              items: [
                { label: 'All codes', link: '/error-codes/' },
                ...listErrorSections().map(({ name, title }) => ({ label: title, link: getErrorCodesPath(name) })),
              ],
            },
            { label: 'Job states', link: '/job-states/' },
          ],
        },
        {
          label: 'Reference',
          items: [reference, ...(hasApiReference() ? [{ label: 'TypeScript API', link: '/api/' }] : [])],
        },
        {
          label: 'Console',
          items: services.map(service => ({ label: titles[service], link: getConsolePath(service) })),
        },
        { label: 'Project', items: [{ label: 'Changelog', link: '/changelog/' }] },
      ],
    }),
  ],
})
