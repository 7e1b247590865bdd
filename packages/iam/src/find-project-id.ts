import { type CallOptions, JobscopeError } from '@jobscope/core'
import type { IamClient } from './client.ts'

/**
 * Finds the ID of a project by its name. All clients for jobs require this ID. The default project of a region has the same name as the
 * region.
 *
 * @throws JobscopeError if no project or more than one project has this name
 * @throws ApiError, or another error of a call, if the request fails
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
  // IAM also returns projects whose names only begin with `name`.
  const matches = projects.filter(project => project.name === name)
  const [project] = matches
  if (project && matches.length === 1) return project.id
  const problem = project
    ? `${matches.length} projects are named '${name}': ${matches.map(({ id }) => id).join(', ')}.`
    : `No project is named '${name}', or these credentials may not list it.`
  throw new JobscopeError('findProjectId', `${problem} Set projectId instead.`, {})
}
