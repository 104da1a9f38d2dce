import type { Schemas } from '../../api/client'

type Words = [title: string, more: string]

export const integrations = {
  lead: 'Where else you can work with Latchkey.',
  notSetUp: ['There is nothing to connect to yet.', 'An admin of your company can set Slack up.'] as Words,
  connected: 'Connected',
  notConnected: 'Not connected',
  gives: [
    'What waits for your decision comes to you as a direct message, with the buttons to approve, deny or ask.',
    'You hear there what became of your requests, and answer questions about them.',
    'With /access you ask for something from any conversation.',
  ],
  how: 'On the next page, Slack asks you to choose your company’s workspace and to accept. Use the Slack user with your work email.',
  connect: 'Connect',
  again: 'Connect again',
  as: 'As',
  workspace: 'Workspace',
  since: 'Since',
  disconnect: 'Disconnect',
  disconnectTitle: 'Disconnect from Slack?',
  disconnectMore: 'Nothing more comes to you in Slack, and what waits there for you can only be decided in the portal or from a mail. You can connect again at any time.',
  disconnected: 'You are disconnected from Slack.',
  overtaken: 'It was changed meanwhile; nothing was done. Close this to see as whom you are connected now.',
  connecting: 'Connecting you with Slack …',
  done: ['You are connected to Slack.', 'What waits for you comes there from now on, too.'] as Words,
  declined: ['You were not connected.', 'You, or Slack, declined. Nothing was changed.'] as Words,
  nothing: ['Nothing came back from Slack.', 'The sign-in was interrupted, or this page was opened again. Nothing was changed.'] as Words,
  why: {
    wrong_workspace: ['That is another workspace.', 'Choose the workspace of your company.'],
    email_mismatch: ['That Slack user has another email than you.', 'Sign in to Slack as the user with the email that Latchkey knows you by. It has to be confirmed in Slack.'],
    guest: ['Guests of the workspace cannot be connected.', 'Ask in your company for a full account in Slack.'],
    slack_user_refused: ['That Slack user cannot be connected.', 'They are deactivated, or a bot.'],
    link_expired: ['That sign-in is not good any more.', 'It took too long, was used already, or was somebody else’s.'],
    slack_user_taken: ['Somebody else is connected to that Slack user.', 'They have to disconnect first; an admin can help.'],
    slack_unavailable: ['Slack does not answer.', 'Nothing was changed. Try it again a little later.'],
  } as Partial<Record<Schemas['ProblemCode'], Words>>,
}
