import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { checkLimits, settingsForm, settingsInput } from './settingsForm'

const all: Schemas['SettingsInput'] = { requests_enabled: true, show_progress: false, max_open_requests: 20, max_submissions_per_hour: 0, max_asks: 3 }
const untouched: Schemas['Settings'] = { ...all, version: 0, max_asks: 3 }

test('what was read is written back as it was', () => {
  expect(settingsInput(settingsForm(untouched))).toEqual(all)
  const slack = { ...all, slack_team_id: 'T0123ABCD', slack_client_id: '1.2', support_url: 'https://help.example.com' }
  expect(settingsInput(settingsForm({ ...untouched, ...slack, version: 4, max_asks: 3 }))).toEqual(slack)
})

test('an empty limit is not taken for none', () => {
  expect(checkLimits(settingsForm(untouched))).toEqual([])
  expect(checkLimits({ ...settingsForm(untouched), max_asks: ' ' })).toEqual([{ pointer: '/max_asks', code: 'required', detail: '' }])
})
