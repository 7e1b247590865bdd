export interface PrometheusMetric {
  readonly type: string
  readonly help: string
  readonly samples: readonly {
    readonly name: string
    readonly labels: Record<string, string>
    readonly value: number
  }[]
}

const unescapeLabel = (text: string): string => text.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c))

/**
 * Parses the text format of Prometheus, version 0.0.4.
 *
 * @throws Error for a line that the format does not allow
 */
export function parsePrometheus(text: string): Map<string, PrometheusMetric> {
  if (!text.endsWith('\n')) throw new Error('The last line has no line break.')
  const metrics = new Map<string, PrometheusMetric & { samples: PrometheusMetric['samples'][number][] }>()
  const helps = new Map<string, string>()
  let current = ''
  for (const line of text.split('\n')) {
    if (line === '') continue
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line)
    if (comment) {
      const [, keyword, name = '', value = ''] = comment
      if (keyword === 'HELP') helps.set(name, value)
      else {
        if (metrics.has(name)) throw new Error(`Two types of ${name}.`)
        if (!/^(counter|gauge|histogram|summary|untyped)$/.test(value)) throw new Error(`Unknown type in ${line}`)
        metrics.set(name, { type: value, help: helps.get(name) ?? '', samples: [] })
        current = name
      }
      continue
    }
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? ([+-]?(?:\d[\d.e+-]*|Inf)|NaN)$/.exec(line)
    if (!sample) throw new Error(`Invalid line: ${line}`)
    const [, name = '', labelText = '', value = ''] = sample
    const metric = metrics.get(current)
    const suffix = name.slice(current.length)
    const suffixes = metric?.type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']
    if (!metric || !name.startsWith(current) || !suffixes.includes(suffix)) throw new Error(`No type before: ${line}`)
    const labels: Record<string, string> = {}
    const rest = labelText.replace(
      /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/g,
      (_, key: string, label: string) => {
        labels[key] = unescapeLabel(label)
        return ''
      },
    )
    if (rest !== '') throw new Error(`Invalid labels: ${line}`)
    metric.samples.push({ name, labels, value: Number(value.replace('Inf', 'Infinity')) })
  }
  return metrics
}
