import type { Operation } from '../material.ts'
import { emptyCell, type Page, type Table } from './page.ts'

const apiColumn = /^(API|对应API接口)$/
const call = /^(GET|POST|PUT|DELETE|PATCH)\s+\/?(v[\d.]+\/[^\s,，(]+)/

/** Reads the operations from tables that list the permission for each operation. Some operations appear only in these tables. */
export function readPermissions(page: Page): Operation[] {
  return page.blocks.flatMap(block => (block.kind === 'table' ? readTable(page, block.table) : []))
}

function readTable({ id, file }: Page, { header, rows }: Table): Operation[] {
  const column = header.findIndex(({ text }) => apiColumn.test(text.trim()))
  return rows.flatMap(row => {
    const [, method, path = ''] = call.exec((row[column] ?? emptyCell).text.trim()) ?? []
    if (!method) return []
    return {
      method,
      path: `/${correctSyntax(path)}`,
      title: (row[0] ?? emptyCell).text.trim(),
      page: id,
      file,
      isPermission: true,
      deprecated: false,
      query: [],
      header: [],
      request: [],
      response: [],
      examples: [],
    }
  })
}

/** Corrects wrong notations of parameters in a path: `:job_id`, `{{job_id}}`, `{job_id/stop` and `{job_id}stop`. */
function correctSyntax(path: string): string {
  return path
    .replaceAll('\\', '')
    .replace(/\/:(\w+)/g, '/{$1}')
    .replace(/\{\{(\w+)\}\}/g, '{$1}')
    .replace(/\{(\w+)(?=\/)/g, '{$1}')
    .replace(/\}(?=\w)/g, '}/')
}
