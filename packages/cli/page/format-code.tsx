/** Formats the parts of a text between backticks as code. */
export const formatCode = (text: string) =>
  text.split('`').map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part))
