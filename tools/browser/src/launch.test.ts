import { expect, test } from 'vitest'
import { fakeMachine } from './fake-machine.ts'
import { launchBrowser } from './launch.ts'

test('without a browser the error says how to get one', async () => {
  await expect(launchBrowser(fakeMachine({}))).rejects.toThrow(/install:browser/)
})

test('a page can be driven', async () => {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.setContent('<h1>Jobs</h1>')
    expect(await page.textContent('h1')).toBe('Jobs')
  } finally {
    await browser.close()
  }
})
