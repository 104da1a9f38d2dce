import type { SettingsForm } from '../../../settings/settingsForm'

type Words = Record<keyof SettingsForm, string>

export const settings = {
  lead: 'For everyone, in every flow.',
  untouched: 'Nobody has changed them yet: this is how Latchkey begins.',
  asking: 'Asking for access',
  limits: 'Limits',
  limitsHint: 'So that nobody drowns the approvers. 0 is no limit.',
  slack: 'Slack',
  slackHint: 'infra/slack/README.md says how to set it up: the app, its secrets, and only then these two. Without both of them Latchkey has nothing to do with Slack: no message goes out, and nothing that comes in is acted on.',
  fields: {
    requests_enabled: 'People may ask for access',
    show_progress: 'Flows may show their progress to requesters',
    support_url: 'Where to turn for help',
    slack_team_id: 'Slack workspace',
    slack_client_id: 'Client id of the Slack app',
    max_open_requests: 'Open requests of each person',
    max_submissions_per_hour: 'Requests an hour by each person',
    max_asks: 'Questions in each step',
  } as Words,
  hints: {
    requests_enabled: 'Off, nobody can submit anything. What waits can still be decided, and what is held goes on.',
    show_progress: 'Off, no flow does, whatever it says itself.',
    support_url: 'A link that everyone finds one click away.',
    slack_team_id: 'Its id, from the address of Slack in a browser: app.slack.com/client/T0123ABCD/…',
    slack_client_id: 'From the page Basic Information of the app.',
    max_open_requests: 'At most 1000.',
    max_submissions_per_hour: 'At most 100.',
    max_asks: 'How often approvers may ask the requester for more; at most 100.',
  } as Words,
}
