import { expect, test } from 'vitest'
import { arrangeArguments } from './arrange-arguments.ts'

test.each([
  ['--region eu-de ls --all', 'ls --region eu-de --all'],
  ['--region=eu-de ls', 'ls --region=eu-de'],
  ['--json ls --all', 'ls --json --all'],
  ['-o json --cloud otc ls', 'ls -o json --cloud otc'],
  ['-o=json ls', 'ls -o=json'],
  ['--query name get dli:batch:1', 'get --query name dli:batch:1'],
])('moves options behind the name of the command: %s', (before, after) => {
  expect(arrangeArguments(before.split(' '))).toEqual(after.split(' '))
})

test.each(['ls --region eu-de', '--help', '--region eu-de', '--region eu-de --help', '--all ls', '-h ls'])(
  'keeps the order of arguments without an option to move or without a command: %s',
  text => {
    expect(arrangeArguments(text.split(' '))).toEqual(text.split(' '))
  },
)

test('accepts no arguments', () => {
  expect(arrangeArguments([])).toEqual([])
})

test.each([
  ['get job nightly', 'get nightly'],
  ['wait jobs nightly --timeout 1h', 'wait nightly --timeout 1h'],
  ['rm job nightly', 'rm nightly'],
  ['--json get job nightly', 'get --json nightly'],
  ['--region eu-de -o json wait jobs nightly', 'wait --region eu-de -o json nightly'],
  ['get --json job nightly', 'get --json nightly'],
  ['get --region eu-de job nightly', 'get --region eu-de nightly'],
])('omits the word job before a reference: %s', (before, after) => {
  expect(arrangeArguments(before.split(' '))).toEqual(after.split(' '))
})

test.each([
  'get job',
  'get job --json',
  'get --json job',
  'get jobless x',
  'get my-job x',
  'ls job x',
  'submit jobs file.yaml',
])('keeps a word that may be a reference or another argument: %s', text => {
  expect(arrangeArguments(text.split(' '))).toEqual(text.split(' '))
})
