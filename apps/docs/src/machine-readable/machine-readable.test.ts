import { expect, test } from 'vitest'
import { addBase } from './add-base.ts'
import { buildLlmsTxt } from './llms.ts'
import { readPage } from './page-markdown.ts'

const html = `<html><head><meta name="description" content="About it."></head><body><nav>Menu</nav><main>
<h1>Title<br>here</h1><p class="page-actions"><a href="/x/">View</a></p><script>1</script><p>Text <code>x</code></p>
<pre data-language="ts"><code><div class="ec-line"><div class="code">a()</div></div><div class="ec-line"><div class="code">
</div></div><div class="ec-line"><div class="code">b()</div></div></code></pre></main></body></html>`

test('reads title, description and content of a page, without menus, actions and scripts', () => {
  expect(readPage(html)).toEqual({
    title: 'Title here',
    description: 'About it.',
    markdown: 'Text `x`\n\n```ts\na()\n\nb()\n```\n',
  })
})

test('adds the base path to links that do not have it', () => {
  const links = '<a href="/a/"></a><a href="/docs/b/"></a><a href="//host/"></a><a href="#x"></a><img src="/i.png">'
  expect(addBase(links, '/docs/')).toBe(
    '<a href="/docs/a/"></a><a href="/docs/b/"></a><a href="//host/"></a><a href="#x"></a><img src="/docs/i.png">',
  )
  expect(addBase(links, '/')).toBe(links)
})

test('llms.txt lists each page in its section, guides first', () => {
  const page = (path: string) => ({
    path,
    title: path,
    description: 'D.',
    markdown: '',
    markdownUrl: `${path}index.md`,
  })
  const text = buildLlmsTxt([page('/reference/dli/'), page('/errors/api-error/'), page('/cli/')])
  expect(text.match(/^(## .*|- .*)$/gm)).toEqual([
    '## Guides',
    '- [/cli/](/cli/index.md): D.',
    '## Errors',
    '- [/errors/api-error/](/errors/api-error/index.md): D.',
    '## Reference',
    '- [/reference/dli/](/reference/dli/index.md): D.',
  ])
})
