import { describe, expect, it } from 'vitest'
import { readMarkdown } from '../src/documents/markdown.ts'
import { readPermissions } from '../src/documents/read-permissions.ts'
import { readRst } from '../src/documents/rst.ts'

const rst = `:original_name: demo_9.html

Permissions
===========

.. table:: **Table 1** Permissions

   ============== =================================== =========
   Permission     API                                 Action
   ============== =================================== =========
   Bake a cake    POST /v1/{project_id}/cakes         cake:bake
   Decorate it    POST /v1/{project_id}/cakes, by SQL cake:edit
   Eat it         DELETE /v1/{{project_id}}/cakes     cake:eat
   Show it        -                                  cake:show
   ============== =================================== =========

.. table:: **Table 2** Other

   ========= ==========================
   Parameter Description
   ========= ==========================
   example   GET /v1/{project_id}/pies
   ========= ==========================
`

const row = (...cells: readonly string[]) => `<tr>${cells.map(cell => `<td><p>${cell}</p></td>`).join('')}</tr>`

const markdown = `# 权限<a name="demo_9"></a>

<table><thead><tr><th><p>权限</p></th><th><p>对应API接口</p></th></tr></thead>
<tbody>${row('查询', 'GET v1/:x_project_id/cakes/:cake_id')}
${row('停止', 'POST /v1/{project_id/cakes/{cake_id}stop')}
</tbody></table>
`

describe('reading a table of permissions', () => {
  it('returns the operations of the column API, without other tables', () => {
    expect(readPermissions(readRst(rst, 'permissions.rst'))).toMatchObject([
      { method: 'POST', path: '/v1/{project_id}/cakes', page: 'demo_9', title: 'Bake a cake', isPermission: true },
      { method: 'POST', path: '/v1/{project_id}/cakes' },
      { method: 'DELETE', path: '/v1/{project_id}/cakes' },
    ])
  })

  it('supports Markdown, and corrects the syntax of parameters', () => {
    expect(readPermissions(readMarkdown(markdown, 'permissions.md'))).toMatchObject([
      { method: 'GET', path: '/v1/{x_project_id}/cakes/{cake_id}', page: 'demo_9' },
      { method: 'POST', path: '/v1/{project_id}/cakes/{cake_id}/stop' },
    ])
  })
})
