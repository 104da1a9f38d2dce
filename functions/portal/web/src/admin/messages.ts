import { useWords, type Language } from '../i18n'
import { de } from './i18n/de'
import { en, type AdminMessages } from './i18n/en'

const catalogues: Record<Language, AdminMessages> = { en, de }

/** The messages of the admin's pages, which come with those pages. */
export function useAdminT(): AdminMessages { return catalogues[useWords().language] }
