/** Parses the output of `--json`. */
export const parseObjects = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as { ref: string; service: string; state: string })
