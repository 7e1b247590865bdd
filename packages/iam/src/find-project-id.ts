import { type CallOptions, JobscopeError } from '@jobscope/core'
import type { IamClient } from './client.ts'

/**
 * The id of the project with this name, as every client of jobs needs it. The default project of a region is called as
 * the region. Nothing is ever created.
 *
 * @throws JobscopeError if no project has this name, or more than one
 * @throws ApiError and the other errors of a call
 * @example
 * const iam = createIamClient({ region: 'eu-de', cloud: 'otc', credentials })
 * const projectId = await findProjectId(iam, 'eu-de')
 */
export async function findProjectId(
  iam: Pick<IamClient, 'listProjects'>,
  name: string,
  options?: CallOptions,
): Promise<string> {
  const { projects } = await iam.listProjects({ name }, options)
  const [first, ...others] = projects.filter(project => project.name === name)
  if (first && !others.length) return first.id
  const hits = first
    ? `${others.length + 1} projects are called '${name}': ${[first, ...others].map(({ id }) => id).join(', ')}`
    : `no project is called '${name}', or none that these credentials may see`
  throw new JobscopeError('findProjectId', `${hits}; give the id itself as projectId`, {})
}
