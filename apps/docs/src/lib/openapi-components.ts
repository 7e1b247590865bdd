/** A change of one component of starlight-openapi. Each of the `edits` is a pair: the original text and its replacement. */
export interface ComponentChange {
  /** The path of the component in `starlight-openapi/components`. */
  readonly component: string
  readonly reason: string
  readonly edits: readonly (readonly [original: string, replacement: string])[]
  /** Makes the styles of the component global. With scoped styles, each element would have an additional class. */
  readonly unscoped?: boolean
}

const IS_ERROR = `!isEmpty && !String(name).startsWith('2')`

/** All changes of the components. The changes replace source text, because starlight-openapi has no options or slots for them. */
export const componentChanges: readonly ComponentChange[] = [
  {
    component: 'response/Response.astro',
    reason:
      'Error responses are collapsed, their schema is shown once, and their examples are plain text. Otherwise, each operation ends with six screens of the same schema.',
    edits: [
      [
        `import Section, { type`,
        `import Heading from '../Heading.astro'
import SchemaBox from '../schema/Schema.astro'
import Section, { type`,
      ],
      [
        `const isEmpty = mediaEntries.length === 0`,
        `const isEmpty = mediaEntries.length === 0
const schemaOf = (each: Response) => getResponseMediaEntries(schema, operation, each)[0]?.schema
const [same] = Object.entries(operation.responses ?? {}).find(
  ([status, each]) => !status.startsWith('2') && schemaOf(each as Response)?.title === mediaEntries[0]?.schema?.title,
) ?? [name]`,
      ],
      [
        `<Section {...sectionHeadingProps} empty={isEmpty} title={name}>`,
        `{${IS_ERROR} ? (
  <details class="error-response">
    <summary><Heading level={3} id={String(name)}>{name}</Heading><Md text={response.description} /></summary>
    <div data-pagefind-ignore>
    {same === name
      ? <SchemaBox schema={mediaEntries[0]?.schema} example={undefined} examples={{}} />
      : <p>The body has the same fields as the body of <a href={'#' + same}>{same}</a>.</p>}
    {Object.entries(mediaEntries[0]?.examples ?? {}).map(([title, example]) => (
      <p><strong>{title}</strong>{example.summary && \`: \${example.summary}\`}</p>
      <pre tabindex="0"><code>{JSON.stringify(example.value, null, 2)}</code></pre>
    ))}
    {isResponseWithHeaders(response) && (
      <p>Headers:</p>
      <ul>{Object.entries(response.headers).map(([header, { description }]) => <li><code>{header}</code>: {description}</li>)}</ul>
    )}
    </div>
  </details>
) : <Section {...sectionHeadingProps} empty={isEmpty} title={name}>`,
      ],
      [`</Section>`, `</Section>}`],
    ],
  },
  {
    component: 'operation/OperationMethod.astro',
    reason: 'A long path wraps after a slash, and not inside a word.',
    edits: [
      [`{path}</div>`, `<span>{path.split(/(?<=[/])/).map((part, i) => <>{i > 0 && <wbr />}{part}</>)}</span></div>`],
    ],
  },
  {
    component: 'example/Examples.astro',
    reason: 'Examples of bodies can be folded. Examples of single values need no heading.',
    edits: [
      [
        `<div class="sl-openapi-examples">
        <h5 class="sl-openapi-examples-heading">Examples</h5>`,
        `Object.keys(examples).length > 0 && <details class="sl-openapi-examples body-examples" open>
        <summary>{Object.keys(examples).length === 1 ? 'Example' : 'Examples'}</summary>`,
      ],
      [
        `</ContentPicker>
      </div>`,
        `</ContentPicker>
      </details>`,
      ],
      [
        `<div class="sl-openapi-examples">
        <h5 class="sl-openapi-examples-heading">
          Example
          {generated && <sup class="sl-openapi-examples-generated">generated</sup>}
        </h5>`,
        `<div class="sl-openapi-examples value-example">
        Example:{' '}`,
      ],
    ],
  },
  {
    component: 'example/Example.astro',
    reason:
      'The HTML of a code block is 20 times as large as plain text for a single value, and five times as large for JSON.',
    edits: [
      [
        `<div class="sl-openapi-example">`,
        `raw !== undefined ? (
      code.includes('\\n') ? <pre tabindex="0"><code>{code}</code></pre> : <code>{code}</code>
    ) : <div class="sl-openapi-example">`,
      ],
      [
        `{code.length > 0 && <Code {code} lang={getExampleLang(exampleToRender.value, code, type)} />}`,
        `{code.length > 0 && (getExampleLang(exampleToRender.value, code, type) === 'json'
        ? <pre tabindex="0" class="json"><code set:html={markKeys(code)} /></pre>
        : <Code {code} lang={getExampleLang(exampleToRender.value, code, type)} />)}`,
      ],
      [
        `const code =`,
        `const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const markKeys = (json: string) => escapeHtml(json).replaceAll(/^( *)("(?:[^"\\\\]|\\\\.)*")(?=:)/gm, '$1<b>$2</b>')
const code =`,
      ],
    ],
  },
  {
    component: 'schema/SchemaObject.astro',
    reason: 'The type and the constraints of a value are on one line, before its description.',
    edits: [
      [
        `      {schemaObject.title && <em>{schemaObject.title}</em>}
      <Md text={schemaObject.description} />
      <ExternalDocs docs={schemaObject.externalDocs} />
`,
        `      {(isSchemaObjectObject(schemaObject) || isSchemaObjectAllOf(schemaObject)) && (
        <>
          {schemaObject.title && <em>{schemaObject.title}</em>}
          <Md text={schemaObject.description} />
        </>
      )}
`,
      ],
      [
        `        <Items
          {hideExample}
          {parents}
          items={schemaObject}
          {negated}
          nullable={getNullable(schemaObject)}
          {schemaObject}
          {type}
        />`,
        `        <>
        <div class="constraints"><Items
          {hideExample}
          {parents}
          items={schemaObject}
          {negated}
          nullable={getNullable(schemaObject)}
          {schemaObject}
          {type}
        /></div>
        <Md text={schemaObject.description ?? (nested && schemaObject.title ? schemaObject.title + '.' : undefined)} />
        </>`,
      ],
      [`import ExternalDocs from '../ExternalDocs.astro'\n`, ''],
    ],
  },
  {
    component: 'overview/OverviewNavigationLinks.astro',
    reason:
      'The overview of an API groups its operations by tag and shows their names. Links from the sidebar lead to the groups.',
    edits: [
      [
        `<div class="sl-openapi-overview-navigation-links not-content">
        {visibleGroups.map((group) =>
          group.links.map((link) => (
            <OverviewNavigationLink
              href={link.href}
              isWebhook={link.path === undefined}
              label={link.path ?? link.label}
              method={link.method}
            />
          )),
        )}
      </div>`,
        `{visibleGroups.map((group) => (
        <Heading level={3} id={slug(group.label)}>{group.label}</Heading>
        <div class="sl-openapi-overview-navigation-links not-content">
          {group.links.map((link) => (
            <OverviewNavigationLink href={link.href} isWebhook={false} label={link.label} method={link.method} />
          ))}
        </div>
      ))}`,
      ],
      [
        `import type { SchemaNavigationGroup } from '../../libs/pathItem'`,
        `import { slug } from '../../libs/path'
import type { SchemaNavigationGroup } from '../../libs/pathItem'`,
      ],
    ],
  },
  {
    component: 'Items.astro',
    reason:
      'The minimum and maximum of a value are shown as one text. A pattern that only repeats the format is not shown.',
    edits: [
      [
        `    getBound(items, 'minimum'),
    getBound(items, 'maximum'),
    items.minLength && \`>= \${items.minLength} characters\`,
    items.maxLength && \`<= \${items.maxLength} characters\`,
    items.minItems && \`>= \${items.minItems} items\`,
    items.maxItems && \`<= \${items.maxItems} items\`,
    items.pattern && \`/\${items.pattern}/\`,`,
        `    ...(typeof items.exclusiveMinimum === 'number' || typeof items.exclusiveMaximum === 'number'
      ? [getBound(items, 'minimum'), getBound(items, 'maximum')]
      : [range(items.minimum, items.maximum)]),
    range(items.minLength || undefined, items.maxLength, 'character'),
    range(items.minItems || undefined, items.maxItems, 'item'),
    items.pattern && items.format !== 'uuid' && \`/\${items.pattern}/\`,`,
      ],
      [
        `const enumItems =`,
        `const range = (min?: number, max?: number, noun = '') => {
  if (min === undefined && max === undefined) return
  const bounds = min === max ? min : max === undefined ? \`≥ \${min}\` : min === undefined ? \`≤ \${max}\` : \`\${min} to \${max}\`
  return noun ? \`\${bounds} \${noun}\${(max ?? min) === 1 ? '' : 's'}\` : String(bounds)
}
const enumItems =`,
      ],
    ],
  },
  {
    component: 'security/Security.astro',
    reason:
      'The search skips this part of each operation, so that a search for AK/SK finds the page about credentials.',
    edits: [
      [
        `<Section level={2} title="Authorizations">`,
        `<div data-pagefind-ignore><Section level={2} title="Authorizations">`,
      ],
      [`</Section>`, `</Section></div>`],
      // Removes the icon of a lock, which would add 700 bytes to each page.
      [`<Icon name="seti:lock" />`, ``],
    ],
  },
  {
    component: 'operation/OperationSnippets.astro',
    reason:
      'The search skips the samples of each operation, so that a search for AK/SK finds the page about credentials.',
    edits: [[`<div class="sl-openapi-snippets">`, `<div class="sl-openapi-snippets" data-pagefind-ignore>`]],
  },
  {
    component: 'Heading.astro',
    reason: 'A link with an icon would add a kilobyte to each heading. The table of contents has the same links.',
    edits: [['starlightConfig.markdown.headingLinks ?', 'false ?']],
  },
  ...[
    'Key',
    'Keys',
    'Tag',
    'Tags',
    'Type',
    'Section',
    'ContentPicker',
    'example/Example',
    'example/Examples',
    'operation/OperationMethodBadge',
  ].map(name => ({
    component: `${name}.astro`,
    reason: 'A page has hundreds of these elements. A class for the scope of their styles would make the page larger.',
    edits: [],
    unscoped: true,
  })),
]
