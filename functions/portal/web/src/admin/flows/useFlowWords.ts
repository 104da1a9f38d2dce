import { useMemo } from 'react'
import { useWords } from '../../i18n'
import { useAdminT } from '../messages'
import { useDirectory } from '../ui/directory'
import { flowWords, type FlowWords } from './words'

/** The words for a flow's parts, in the person's language and with the names of the directory. */
export function useFlowWords(): FlowWords {
  const { t, locale } = useWords()
  const admin = useAdminT()
  const { data } = useDirectory()
  return useMemo(() => flowWords(t, admin, locale, data), [t, admin, locale, data])
}
