import { describe, expect, it } from 'vitest'
import { readMarkdown } from '../src/documents/markdown.ts'
import { readOperation } from '../src/documents/read-operation.ts'

const header = '<thead><tr><th>参数名称</th><th>是否必选</th><th>参数类型</th><th>说明</th></tr></thead>'

function row(...cells: readonly string[]): string {
  return `<tr>${cells.map(cell => `<td class="c"><p id="p"><a name="p"></a>${cell}</p></td>`).join('\n')}</tr>`
}

const page = `# 烤蛋糕<a name="demo_0001"></a>

## URI<a name="s1"></a>

-   URI格式：

    GET /v1.0/\\{project\\_id\\}/cakes

## 请求消息<a name="s2"></a>

**表 1**  请求参数

<a name="t1"></a>
<table>${header}<tbody>${row('page\\_size', '否', 'Integer', '大小。')}</tbody>
</table>

## 响应消息<a name="s3"></a>

<a name="t2"></a>
<table>${header}<tbody>${row('数组元素', '否', 'Array of objects', '请参见<a href="#t3">表3</a>。')}</tbody>
</table>

<a name="t3"></a>
<table>${header}<tbody>
${row('state', '是', 'String', '状态。<ul><li>rising：发酵</li><li>done：完成</li></ul>')}
</tbody>
</table>

## 示例<a name="s4"></a>

-   请求样例：

    \`\`\`
    GET https://endpoint/v1.0/{project_id}/cakes
    \`\`\`

-   成功响应样例：

    \`\`\`
    [{"state": "done"}]
    \`\`\`
`

describe('reading a Markdown page', () => {
  const operation = readOperation(readMarkdown(page, '烤蛋糕.md'))

  it('returns method and path, without backslashes', () => {
    expect(operation).toMatchObject({ method: 'GET', path: '/v1.0/{project_id}/cakes', page: 'demo_0001' })
  })

  it('returns the request parameters of a GET as its query', () => {
    expect(operation?.query).toEqual([{ path: 'page_size', type: 'Integer', required: false, values: [] }])
    expect(operation?.request).toEqual([])
  })

  it('returns the members of array elements as members of the body', () => {
    expect(operation?.response).toEqual([{ path: 'state', type: 'String', required: true, values: ['rising', 'done'] }])
  })

  it('distinguishes responses from requests by the text before them', () => {
    expect(operation?.examples).toEqual([{ direction: 'response', number: 1, body: { value: [{ state: 'done' }] } }])
  })
})
