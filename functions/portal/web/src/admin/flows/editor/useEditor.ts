import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { asApiError } from '../../../api/problem'
import { overtaken, useWrite, type Versioned } from '../../document'
import { useAdminT } from '../../messages'
import { isId } from '../../ui/id'
import { same } from '../../ui/rebase'
import { within } from '../../ui/within'
import { flowKey, readFlow, writeFlow, type Flow } from '../calls'
import { newDraft, toDraft, type Draft } from '../form/draft'
import { inputOf, toInput } from '../form/input'
import { onTop } from '../form/merge'
import { place, shown } from '../form/pointers'
import { nothingFound, type Found } from './findings'

interface Mine {
  /** What was there when it was first changed; nothing for a flow that is new. */
  base?: Versioned<Flow>
  draft: Draft
}

interface Options {
  id: string
  /** The flow as it is; nothing for one that is new. */
  document?: Versioned<Flow>
  /** Sees what was written before anyone looks at it again. */
  done?: (written: Versioned<Flow>) => void
}

function warningsOf(flow: Flow | undefined): Found {
  return flow?.warnings ? { refused: [], warned: place(flow.warnings, shown(toDraft(flow))) } : nothingFound
}

/** A flow while it is edited: what I made of it, what was found in it, and who was faster. */
export function useEditor({ id, document, done }: Options) {
  const { flows: words, documents: { editor: { badId: badShape } } } = useAdminT()
  const client = useQueryClient()
  const [mine, setMine] = useState<Mine>()
  const [found, setFound] = useState(() => warningsOf(document?.data))
  const [theirs, setTheirs] = useState<Versioned<Flow> | 'gone'>()
  const [refusals, setRefusals] = useState(0)

  const fresh = useMemo(() => (document ? toDraft(document.data) : newDraft()), [document])
  const base = mine ? mine.base : document
  const draft = mine?.draft ?? fresh
  const dirty = mine !== undefined && (base === undefined || !same(toInput(draft), inputOf(base.data)))

  const write = useWrite(async (sent: Draft) => ({ sent, written: await writeFlow(id, base?.etag, toInput(sent)) }), {
    said: '', // the bar says it, and stays
    done: ({ sent, written }) => {
      client.setQueryData(['admin', ...flowKey(id)], written)
      // What was typed meanwhile stays, on top of what was written.
      setMine((now) => (now && now.draft !== sent ? { base: written, draft: onTop(sent, written.data, now.draft).draft } : undefined))
      setFound(warningsOf(written.data))
      done?.(written)
    },
  })

  const refuse = (refused: Found['refused']) => {
    setFound({ refused, warned: [] })
    setRefusals((n) => n + 1)
  }

  /** Goes on from what is there now, with what I changed on top of it, or without. */
  const rebase = (onto: Versioned<Flow>, keep = true) => {
    client.setQueryData(['admin', ...flowKey(id)], onto)
    setMine(keep && mine?.base ? { base: onto, draft: onTop(toDraft(mine.base.data), onto.data, mine.draft).draft } : undefined)
    setFound(warningsOf(onto.data))
    setTheirs(undefined)
    write.reset()
  }

  return {
    id, base, draft, dirty, found, theirs, refusals,
    error: found.refused.length > 0 || theirs ? null : write.error,
    saving: write.isPending,
    edit(change: Partial<Draft>, ...touched: string[]) {
      if (write.isError) write.reset()
      setMine({ base, draft: { ...draft, ...change } })
      const stays = (all: Found['refused']) => all.filter((finding) => !touched.some((root) => within(finding.place, root)))
      setFound({ refused: stays(found.refused), warned: stays(found.warned) })
    },
    /** Puts an earlier version's settings here, to be saved or not. Whether people can ask by it stays as it is. */
    start(from: Flow) {
      write.reset()
      setMine({ base, draft: { ...toDraft(from), enabled: base?.data.enabled ?? from.enabled } })
      setFound(nothingFound)
    },
    discard() {
      setMine(undefined)
      setFound(warningsOf(base?.data))
      write.reset()
    },
    save() {
      const badId = base ? undefined : id === '' ? words.needsId : id === 'new' ? words.idReserved : isId(id) ? undefined : badShape
      if (badId) return refuse([{ place: '/id', pointer: '/id', code: 'bad_id', detail: badId }])
      if (draft.order.trim() === '') return refuse([{ place: '/order', pointer: '/order', code: 'required', detail: '' }]) // it would become another one
      write.mutate(draft, {
        onError: (error) => {
          const problem = asApiError(error)
          if (overtaken(error) || (base && problem?.status === 404)) void readFlow(id).then(setTheirs, (e) => setTheirs(asApiError(e)?.status === 404 ? 'gone' : undefined))
          else if (problem?.code === 'already_exists') refuse([{ place: '/id', pointer: '/id', code: 'taken', detail: words.idTaken }])
          else if (problem?.problem?.errors) refuse(place(problem.problem.errors, shown(draft)))
          else setFound(nothingFound)
        },
      })
    },
    rebase,
    /** Takes what was written beside this form as what it is based on, but asks where the form has not seen all that came before it. */
    follow(written: Versioned<Flow>) {
      if (mine?.base && mine.base.data.version < written.data.version - 1) setTheirs(written)
      else rebase(written)
    },
  }
}

export type Editor = ReturnType<typeof useEditor>
