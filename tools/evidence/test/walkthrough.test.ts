import { describe, expect, it } from 'vitest'
import { readMarkdown } from '../src/documents/markdown.ts'
import { readWalkthrough } from '../src/documents/read-walkthrough.ts'
import { readRst } from '../src/documents/rst.ts'

const rst = `Baking Step by Step
===================

#. Bake.

   a. Request body:

      URI: POST https://*{endpoint}*/v1/*{project_id}*/ cakes? dry_run=true

      .. code-block::

         {"height": 1}

   b. Status code **200** is returned. The response body is as follows:

      .. code-block::

         {"state": "rising"}
`

const markdown = `# 烤蛋糕<a name="demo_2"></a>

    1.  请求消息体：

        URI格式：GET https://_**\\{endpoint\\}**_/v1/_**\\{project\\_id\\}**_/cakes

    2.  返回状态码“200 OK“，响应Body如下所示：

        \`\`\`
        []
        \`\`\`
`

describe('reading a walk-through', () => {
  it('returns each call with its examples', () => {
    expect(readWalkthrough(readRst(rst, 'baking.rst'))).toMatchObject([
      {
        method: 'POST',
        path: '/v1/{project_id}/cakes',
        page: 'baking',
        isWalkthrough: true,
        examples: [
          { direction: 'request', number: 1, body: { value: { height: 1 } } },
          { direction: 'response', number: 2, body: { value: { state: 'rising' } } },
        ],
      },
    ])
  })

  it('supports Markdown', () => {
    expect(readWalkthrough(readMarkdown(markdown, 'baking.md'))).toMatchObject([
      { method: 'GET', path: '/v1/{project_id}/cakes', examples: [{ direction: 'response', body: { value: [] } }] },
    ])
  })

  it('returns no calls for a page without a line that contains the URI', () => {
    expect(readWalkthrough(readRst('Overview\n========\n\nPOST is a method.\n', 'overview.rst'))).toEqual([])
  })
})
