import type { Schemas } from '../../api/client'
import { given } from '../ui/checks'

export interface SettingsForm {
  requests_enabled: boolean
  show_progress: boolean
  support_url: string
  slack_team_id: string
  slack_client_id: string
  max_open_requests: string
  max_submissions_per_hour: string
  max_asks: string
}

export const limits = ['max_open_requests', 'max_submissions_per_hour', 'max_asks'] as const

/** The most that each limit may be. */
export const mostOf: Record<(typeof limits)[number], number> = { max_open_requests: 1000, max_submissions_per_hour: 100, max_asks: 100 }

export function settingsForm(settings: Schemas['Settings']): SettingsForm {
  const { requests_enabled, show_progress, support_url = '', slack_team_id = '', slack_client_id = '' } = settings
  return {
    requests_enabled, show_progress, support_url, slack_team_id, slack_client_id,
    max_open_requests: String(settings.max_open_requests),
    max_submissions_per_hour: String(settings.max_submissions_per_hour),
    max_asks: String(settings.max_asks),
  }
}

export function settingsInput(form: SettingsForm): Schemas['SettingsInput'] {
  return {
    requests_enabled: form.requests_enabled,
    show_progress: form.show_progress,
    support_url: given(form.support_url),
    slack_team_id: given(form.slack_team_id),
    slack_client_id: given(form.slack_client_id),
    max_open_requests: Number(form.max_open_requests),
    max_submissions_per_hour: Number(form.max_submissions_per_hour),
    max_asks: Number(form.max_asks),
  }
}

/** Limits that are no numbers. */
export function checkLimits(form: SettingsForm): Schemas['FieldError'][] {
  return limits.filter((limit) => form[limit].trim() === '' || Number.isNaN(Number(form[limit])))
    .map((limit) => ({ pointer: `/${limit}`, code: 'required', detail: '' }))
}
