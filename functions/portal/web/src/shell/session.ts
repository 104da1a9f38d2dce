import { createContext, useContext } from 'react'
import type { Session } from '../auth/session'

export const SessionContext = createContext<Session | undefined>(undefined)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside of the portal')
  return session
}
