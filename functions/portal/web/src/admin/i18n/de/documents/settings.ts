import type { AdminMessages } from '../../en'

export const settings: AdminMessages['documents']['settings'] = {
  lead: 'Für alle, in jedem Ablauf.',
  untouched: 'Noch hat sie niemand geändert: So fängt Latchkey an.',
  asking: 'Um Zugriff bitten',
  limits: 'Grenzen',
  limitsHint: 'Damit niemand die Entscheidenden überschüttet. 0 heißt: keine Grenze.',
  slack: 'Slack',
  slackHint: 'infra/slack/README.md sagt, wie es eingerichtet wird: die App, ihre Geheimnisse, und erst dann diese beiden. Ohne beide hat Latchkey mit Slack nichts zu tun: Keine Nachricht geht hinaus, und nichts, was hereinkommt, hat Folgen.',
  fields: {
    requests_enabled: 'Man darf um Zugriff bitten',
    show_progress: 'Abläufe dürfen zeigen, wie weit eine Anfrage ist',
    support_url: 'Wo es Hilfe gibt',
    slack_team_id: 'Slack-Workspace',
    slack_client_id: 'Client-ID der Slack-App',
    max_open_requests: 'Offene Anfragen je Person',
    max_submissions_per_hour: 'Anfragen je Stunde und Person',
    max_asks: 'Rückfragen je Schritt',
  },
  hints: {
    requests_enabled: 'Aus, kann niemand etwas anfragen. Was wartet, lässt sich noch entscheiden, und Zugriff, den jemand hat, läuft weiter.',
    show_progress: 'Aus, tut es keiner, was auch immer er selbst sagt.',
    support_url: 'Ein Link, den alle einen Klick entfernt finden.',
    slack_team_id: 'Seine Kennung, aus der Adresse von Slack im Browser: app.slack.com/client/T0123ABCD/…',
    slack_client_id: 'Von der Seite „Basic Information“ der App.',
    max_open_requests: 'Höchstens 1000.',
    max_submissions_per_hour: 'Höchstens 100.',
    max_asks: 'Wie oft bei der anfragenden Person nachgefragt werden darf; höchstens 100.',
  },
}
