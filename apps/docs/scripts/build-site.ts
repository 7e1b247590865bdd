/** Builds the site with the API reference into `site/`: `node scripts/build-site.ts`. Arguments are passed on to `astro build`. */
process.env['DOCS_API_REFERENCE'] = '1'
process.argv.splice(2, 0, 'build')
await import('./astro.ts')
