import { defineConfig } from '@playwright/test'
import { chromium } from './world/browser'

// The tests meet a stack that works, on a machine that may be busy.
const patience = 40_000 // milliseconds until what should show has to show

export default defineConfig({
  testDir: 'tests',
  outputDir: '../../.local/browser/failures',
  reporter: [['list']],
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 180_000,
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
