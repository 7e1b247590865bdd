import { readAllBundles } from '@jobscope/specs'
import { expect, test } from 'vitest'
import { isErrorCode } from '../src/check/kept-texts.ts'

const kinds = [...readAllBundles().values()].flatMap(bundle => Object.values(bundle['x-errors']?.kinds ?? {}).flat())

test.each([...new Set(kinds)])('the documented error code %s has the form of an error code', code => {
  expect(isErrorCode(code)).toBe(true)
})

test.each(['DLI.9999', 'SVCSTG.DLI.4001', 'ModelArts.9999'])('%s has the form of an error code', code => {
  expect(isErrorCode(code)).toBe(true)
})

test.each(['Modelarts.9999', 'John.Smith', 'john.smith'])('%s could be a private name', code => {
  expect(isErrorCode(code)).toBe(false)
})
