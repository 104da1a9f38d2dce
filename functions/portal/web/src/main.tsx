import './styles/font.css'
import './styles/tokens.css'
import './styles/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { firstLanguage, I18n, loadMessages } from './i18n'
import { takeReturned } from './integrations/returned'
import { newQueryClient } from './lib/polling'
import { Start } from './shell/Start'
import { Toasts } from './ui/Toasts'

// A page out of the back/forward cache is of another time, and maybe of another person.
addEventListener('pageshow', (event) => { if (event.persisted) location.reload() })
takeReturned()

const language = firstLanguage()
const messages = await loadMessages(language)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18n first={language} messages={messages}>
      <QueryClientProvider client={newQueryClient()}>
        <Toasts><Start /></Toasts>
      </QueryClientProvider>
    </I18n>
  </StrictMode>,
)
