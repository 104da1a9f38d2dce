import type { Schemas } from '../../api/client'

export interface GroupForm { id: string; name: string }

export const emptyGroup: GroupForm = { id: '', name: '' }

export function groupForm({ id, name }: Schemas['Group']): GroupForm { return { id, name } }

export function groupInput({ id, name }: GroupForm): Schemas['GroupInput'] { return { id, name: name.trim() } }
