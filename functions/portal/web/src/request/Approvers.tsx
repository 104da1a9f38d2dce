import type { Schemas } from '../api/client'
import { useT, useWords } from '../i18n'

/** An approver as people know them: "Ben Baker (manager)", "Security (group)". */
export function useApproverName() {
  const t = useT()
  return (approver: Schemas['Approver']): string => {
    const name = approver.name ?? approver.id
    const kinds = t.request.approver
    switch (approver.kind) {
      case 'person': return name ?? kinds.person
      case 'group': return name ? kinds.group(name) : kinds.person
      case 'manager': return name ? kinds.manager(name) : kinds.noManager
      case 'owner': return name ? kinds.owner(name) : kinds.noOwner
      case 'admins': return kinds.admins
    }
  }
}

/** Who decides a step, and how many of them it takes. */
export function Approvers({ approvers, needed }: { approvers: Schemas['Approver'][]; needed: Schemas['Needed'] }) {
  const { t, locale } = useWords()
  const name = useApproverName()
  const all = new Intl.ListFormat(locale, { type: needed === 'all' ? 'conjunction' : 'disjunction' }).format(approvers.map(name))
  return <>{t.request.needs(all, needed, approvers.length)}</>
}
