const paths = {
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.3 10.3 14 14',
  close: 'm4 4 8 8m0-8-8 8',
  table: 'M2.5 3.5h11v9h-11Zm0 3h11m-11 3h11',
  timeline: 'M2.5 4h5m-2 4h6m-3 4h5',
  up: 'm4 9.5 4-4 4 4',
  down: 'm4 6.5 4 4 4-4',
  light:
    'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6ZM8 1.5v1.2m0 10.6v1.2M1.5 8h1.2m10.6 0h1.2M3.4 3.4l.9.9m7.4 7.4.9.9m0-9.2-.9.9m-7.4 7.4-.9.9',
  dark: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z',
  system: 'M2.5 3.5h11v7.2h-11Zm3.5 9.5h4M8 10.7V13',
  keyboard: 'M1.5 4.5h13v7h-13Zm2.7 2.3h.1m2.4 0h.1m2.4 0h.1m2.4 0h.1M5 9.3h6',
  warning: 'M8 2.5 14.2 13H1.8ZM8 6.3v3.2m0 1.6v.3',
  copy: 'M5.5 5.5h7v8h-7Zm-2 5h-1v-8h7v1',
  filter: 'M2 3.5h12L9.5 8.7v4L6.5 11V8.7Z',
} as const

export type IconName = keyof typeof paths

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
)
