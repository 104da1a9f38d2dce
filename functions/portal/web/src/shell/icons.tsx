// Drawn here: eight strokes need no library.
import type { ReactNode } from 'react'

const icon = (d: ReactNode) => (
  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">{d}</svg>
)

export const icons = {
  requests: icon(<><circle cx="8" cy="15" r="4.25" /><path d="M11 12 20 3m-3.5 3.5 3 3M13.5 9.5l2 2" /></>),
  applications: icon(<><rect x="3.5" y="3.5" width="7" height="7" rx="1.5" /><rect x="13.5" y="3.5" width="7" height="7" rx="1.5" /><rect x="3.5" y="13.5" width="7" height="7" rx="1.5" /><path d="M17 13.5v7m-3.5-3.5h7" /></>),
  tasks: icon(<><path d="m4 6.5 1.75 1.75L9 5M4 16.5l1.75 1.75L9 15M12.5 7H20M12.5 17H20" /></>),
  integrations: icon(<path d="M9 3v4m6-4v4M6.5 7h11v4a5.5 5.5 0 0 1-11 0zM12 16.5V21" />),
  away: icon(<><path d="M4 19h16M12 4v15M12 4c5 1 7.5 4.5 8 8H4c.5-3.5 3-7 8-8z" /></>),
  admin: icon(<><path d="M5 4v8m0 4v4M12 4v3m0 4v9M19 4v9m0 4v3" /><circle cx="5" cy="14" r="2" /><circle cx="12" cy="9" r="2" /><circle cx="19" cy="15" r="2" /></>),
  more: icon(<path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth="3" />),
  help: icon(<><circle cx="12" cy="12" r="8.5" /><path d="M9.75 9.5a2.25 2.25 0 1 1 3.2 2.05c-.7.35-.95.8-.95 1.7M12 16.5h.01" /></>),
}
