import type { Operation } from '../read/operation.ts'
import type { Service } from '../read/service.ts'
import { docComment } from '../text/doc-comment.ts'
import { callStatement, loop } from './call.ts'
import { pagingOf } from './lists.ts'

/** Doc comment of a method: summary, description, route, headers, source, errors and an example. */
export function methodComment(service: Service, operation: Operation): string {
  const { summary, description, route, source, headers, failures, deprecated } = operation
  return docComment(
    [
      sentence(summary),
      description,
      `\`${route}\``,
      headers.length > 0
        ? [
            'Optional headers, in `options.headers`:',
            ...headers.map(({ name, description = '' }) => `- \`${name}\` ${description}`),
          ].join('\n')
        : undefined,
      source && `${source}.`,
      deprecated ? '@deprecated' : undefined,
      failures.length > 0 ? `@throws ApiError for ${failures.join(', ')}` : '@throws ApiError',
      `@example\n${example(service, operation)}`,
    ],
    2,
  )
}

/** The example of a list iterates over the items of all pages. */
function example(service: Service, operation: Operation): string {
  return pagingOf(operation)
    ? loop(service, operation, 'item', ['console.log(item)'])
    : callStatement(service, operation).code
}

function sentence(text: string | undefined): string | undefined {
  return text && (/[.!?]$/.test(text) ? text : `${text}.`)
}
