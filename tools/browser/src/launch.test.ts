import { expect, test } from 'vitest'
import { createFakeMachine } from './fake-machine.ts'
import { launchBrowser } from './launch.ts'

test('explains how to install a browser if the machine has no browser', async () => {
  await expect(launchBrowser(createFakeMachine({}))).rejects.toThrow(/install:browser/)
})

test('launches a browser that renders a page', async () => {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.setContent('<h1>Jobs</h1>')
    expect(await page.textContent('h1')).toBe('Jobs')
  } finally {
    await browser.close()
  }
})
