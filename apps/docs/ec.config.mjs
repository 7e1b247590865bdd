import { defineEcConfig } from '@astrojs/starlight/expressive-code'
import { codeColors } from './src/lib/code-colors.ts'

// These settings are not in astro.config.mjs, because starlight-openapi overwrites the settings there.
export default defineEcConfig({
  plugins: [codeColors],
  themes: ['vitesse-dark', 'vitesse-light'],
  defaultProps: { wrap: true },
  removeUnusedThemes: false,
  styleOverrides: {
    borderRadius: '0.5rem',
    borderColor: 'var(--sl-color-hairline)',
    codeBackground: 'var(--sl-color-gray-7)',
    codeFontFamily: 'var(--__sl-font-mono)',
    codeFontSize: '0.8125rem',
    codePaddingInline: '1rem',
    uiFontFamily: 'var(--__sl-font)',
    frames: {
      frameBoxShadowCssValue: 'none',
      editorBackground: 'var(--sl-color-gray-7)',
      editorTabBarBackground: 'var(--sl-color-gray-7)',
      editorTabBarBorderBottomColor: 'var(--sl-color-hairline)',
      editorActiveTabBackground: 'var(--sl-color-gray-7)',
      editorActiveTabBorderColor: 'transparent',
      editorActiveTabIndicatorTopColor: 'transparent',
      editorActiveTabIndicatorBottomColor: 'var(--sl-color-text-accent)',
      terminalBackground: 'var(--sl-color-gray-7)',
      terminalTitlebarBackground: 'var(--sl-color-gray-7)',
      terminalTitlebarBorderBottomColor: 'var(--sl-color-hairline)',
    },
  },
})
