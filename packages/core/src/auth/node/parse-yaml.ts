/**
 * Parses YAML with the package `yaml`, an optional peer dependency. Every scalar becomes a string, because the password `0123` must not
 * become the number 83.
 *
 * @throws Error if the package is not installed, or a line is invalid. The message contains the number of the line but not its text.
 */
export async function parseYaml(
  text: string,
  load: () => Promise<typeof import('yaml')> = () => import('yaml'),
): Promise<unknown> {
  const yaml = await load().catch(() => undefined)
  if (!yaml) throw new Error('needs the package yaml. Run `npm install yaml`, or convert the file to JSON.')
  const document = yaml.parseDocument(text, { schema: 'failsafe', merge: true, prettyErrors: true })
  const [error] = document.errors
  if (error) throw new Error(`is not valid YAML in line ${error.linePos?.[0].line ?? '?'} (${error.code})`)
  return document.toJS()
}
