import type { ReactNode } from 'react'
import { Checkbox, TextField } from '../../../ui/Field'
import { Notice } from '../../../ui/Notice'
import { useFlowWords } from '../words'
import type { Editing } from './edit'
import { useAt } from './findings'
import { More } from './More'
import { Section } from './Section'
import { audienceKinds, resourceKinds } from './WordAdder'
import { WordList } from './WordList'

interface Props extends Editing {
  /** Whether people can ask by it now. */
  wasEnabled: boolean
  /** The id's field, where it can still be chosen. */
  id?: ReactNode
}

/** What a flow is for, and for whom. */
export function WhatPart({ draft, edit, wasEnabled, id }: Props) {
  const words = useFlowWords()
  const { t } = words
  return (
    <Section words={t.section.what}>
      <TextField label={t.name} hint={t.nameHint} required maxLength={100} value={draft.name} onChange={(event) => edit({ name: event.target.value }, '/name')} {...useAt('/name')} />
      {id}
      <WordList label={t.resources} add={t.addResource} kinds={resourceKinds} pointer="/resources" value={draft.resources} onChange={(resources) => edit({ resources }, '/resources')} />
      <WordList label={t.visibleTo} add={t.addAudience} kinds={audienceKinds} pointer="/visible_to" value={draft.visibleTo} onChange={(visibleTo) => edit({ visibleTo }, '/visible_to')} />
      <Checkbox label={t.enabledBox} hint={t.enabledHint} checked={draft.enabled} onChange={(event) => edit({ enabled: event.target.checked }, '/enabled')} {...useAt('/enabled')} />
      {wasEnabled && !draft.enabled && <Notice kind="warn" live>{t.disablesNow}</Notice>}
      <More label={t.submitters} set={draft.submitters.length > 0 ? words.audience(draft.submitters) : t.submittersNone} pointers={['/submitters']}>
        <WordList label={t.submitters} hint={t.submittersHint} add={t.addSubmitter} kinds={audienceKinds} pointer="/submitters" value={draft.submitters} onChange={(submitters) => edit({ submitters }, '/submitters')} />
      </More>
    </Section>
  )
}
