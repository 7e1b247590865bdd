export type Theme = 'dark' | 'light'

/** Scalar as we use it: against the mock, in our colours, and with nothing in it that talks to anybody else. */
export function settings(options: { service: string; server: string; token: string; theme: Theme }) {
  const { service, server, token, theme } = options
  return {
    url: `/openapi/${service}.json`,
    servers: [{ url: server, description: 'Mock on this machine' }],
    authentication: {
      preferredSecurityScheme: 'authToken',
      securitySchemes: {
        authToken: { type: 'apiKey' as const, name: 'X-Auth-Token', in: 'header' as const, value: token },
      },
    },
    layout: 'modern' as const,
    theme: 'none' as const,
    forceDarkModeState: theme,
    hideDarkModeToggle: true,
    hideSearch: true,
    hideModels: true,
    hideClientButton: true,
    hiddenClients: true as const,
    withDefaultFonts: false,
    telemetry: false,
    persistAuth: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: 'never' as const,
    documentDownloadType: 'none' as const,
    defaultOpenFirstTag: true,
  }
}
