import type { Draft } from '../form/draft'

/** Changes a draft. What was found at the pointers that it touches, or below them, is found no more. */
export type Edit = (change: Partial<Draft>, ...touched: string[]) => void

export interface Editing { draft: Draft; edit: Edit }
