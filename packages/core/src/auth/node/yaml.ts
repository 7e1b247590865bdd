/**
 * Reads YAML by the package `yaml`, which only those have who want it. Every scalar is a text: `0123` is a password, and not 83.
 *
 * @throws Error saying how to get the package, or in which line the text is wrong; never what stands there
 */
export async function parseYaml(
  text: string,
  load: () => Promise<typeof import('yaml')> = () => import('yaml'),
): Promise<unknown> {
  const yaml = await load().catch(() => undefined)
  if (!yaml) throw new Error('needs the package yaml: run `npm install yaml`, or write it as .json')
  const document = yaml.parseDocument(text, { schema: 'failsafe', merge: true, prettyErrors: true })
  const [error] = document.errors
  if (error) throw new Error(`is no YAML in line ${error.linePos?.[0].line ?? '?'} (${error.code})`)
  return document.toJS()
}
