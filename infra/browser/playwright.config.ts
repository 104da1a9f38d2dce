import { defineConfig } from '@playwright/test'
import { chromium } from './world/browser'

// The tests meet a stack that works, on a machine that may be busy. How long
// anything may take, in milliseconds: it costs only who waits in vain.
const patience = 480_000

export default defineConfig({
  testDir: 'tests',
  outputDir: '../../.local/browser/failures',
  reporter: [['list']],
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 3 * patience,
  expect: { timeout: patience },
  use: {
    actionTimeout: patience,
    navigationTimeout: patience,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium(),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [], // root has none
    },
  },
})
