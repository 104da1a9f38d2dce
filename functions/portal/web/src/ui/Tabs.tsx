import * as Radix from '@radix-ui/react-tabs'
import type { ReactNode } from 'react'
import styles from './Tabs.module.css'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  tabs: { value: string; label: ReactNode; content: ReactNode }[]
}

export function Tabs({ label, value, onChange, tabs }: Props) {
  return (
    <Radix.Root value={value} onValueChange={onChange} activationMode="manual">
      <Radix.List className={styles.list} aria-label={label}>
        {tabs.map((tab) => <Radix.Trigger key={tab.value} className={styles.tab} value={tab.value}>{tab.label}</Radix.Trigger>)}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} className={styles.panel} value={tab.value} tabIndex={-1}>
          {tab.value === value && tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
