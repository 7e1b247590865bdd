import { expect, test } from 'vitest'
import { codeColors } from './code-colors.ts'

const token = (value: string, style: string) => ({
  type: 'element',
  properties: { style },
  children: [{ type: 'text', value }],
})
const GRAY = '--0:#8B8B8B;--1:#686868'
const GREEN = '--0:#80A665;--1:#4B7231'
const OTHER = '--0:#123456;--1:#654321'

test('replaces colors with classes, and merges neighboring tokens of the same color', () => {
  const groupAst = {
    children: [token('(', GRAY), token('{', GRAY), token(' ', GREEN), token('f', GREEN), token('x', OTHER)],
  }
  codeColors.hooks.postprocessRenderedBlockGroup({ renderData: { groupAst } })
  expect(groupAst.children).toMatchObject([
    { properties: { className: 'k0' }, children: [{ value: '({ ' }] },
    { properties: { className: 'k10' }, children: [{ value: 'f' }] },
    { properties: { style: OTHER }, children: [{ value: 'x' }] },
  ])
})

test('each class has its color in both themes', () => {
  expect(codeColors.baseStyles).toContain('.k0{color:#8B8B8B}')
  expect(codeColors.baseStyles).toContain('.k0{color:#686868}')
})
