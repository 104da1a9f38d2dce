// The message catalogue: a module of words for each language, typed by the
// English one, so that a missing word does not compile.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Messages } from './en'

export type { Messages }

export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const load: Record<Language, () => Promise<Messages>> = {
  en: async () => (await import('./en')).messages,
  de: async () => (await import('./de')).messages,
}

const choiceKey = 'latchkey.language'

function isLanguage(word: string | undefined | null): word is Language {
  return word !== undefined && word !== null && Object.hasOwn(languages, word)
}

/** The person's own choice, then what their browser asks for, then English. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(choiceKey)
  if (isLanguage(chosen)) return chosen
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en'
}

export function loadMessages(language: Language) { return load[language]() }

interface Words {
  t: Messages
  language: Language
  /** For Intl: the language with the person's region. */
  locale: string
  choose: (language: Language) => void
}

const Context = createContext<Words | undefined>(undefined)

export function I18n({ first, messages, children }: { first: Language; messages: Messages; children: ReactNode }) {
  const [words, setWords] = useState({ language: first, t: messages })
  useEffect(() => { document.documentElement.lang = words.language }, [words.language])
  const value = useMemo<Words>(() => ({
    ...words,
    locale: navigator.languages.find((tag) => tag.toLowerCase().startsWith(words.language)) ?? words.language,
    choose: (language) => {
      localStorage.setItem(choiceKey, language)
      void load[language]().then((t) => setWords({ language, t }))
    },
  }), [words])
  return <Context.Provider value={value}>{children}</Context.Provider>
}

export function useWords(): Words {
  const words = useContext(Context)
  if (!words) throw new Error('useWords outside of I18n')
  return words
}

/** The messages of the person's language. */
export function useT(): Messages { return useWords().t }
