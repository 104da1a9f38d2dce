import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { useT } from '../../i18n'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { useSay } from '../../ui/Toasts'
import { Tabs } from '../../ui/Tabs'
import { ConfigHistory } from '../history/ConfigHistory'
import { useAdminT } from '../messages'
import { LeaveDialog } from '../ui/LeaveDialog'
import { readHistory, type Flow } from './calls'
import { FlowForm } from './editor/FlowForm'
import type { Editor } from './editor/useEditor'
import { Simulate } from './simulate/Simulate'
import { Versions } from './versions/Versions'

const views = ['settings', 'simulate', 'versions', 'history'] as const
type View = (typeof views)[number]

/** The views of a flow. What is edited stays while another is looked at. */
export function FlowViews({ flow, editor }: { flow: Flow; editor: Editor }) {
  const { actions } = useT()
  const { flows: t, document } = useAdminT()
  const say = useSay()
  const [params, setParams] = useSearchParams()
  const view = views.find((one) => one === params.get('view')) ?? 'settings'
  const go = (to: View) => setParams(to === 'settings' ? {} : { view: to }, { replace: true })
  const [asked, setAsked] = useState<Flow>() // instead of what is not saved
  const restore = (from: Flow) => {
    setAsked(undefined)
    editor.start(from)
    say(t.versions.restored(from.version))
    go('settings')
  }
  const contents = {
    settings: () => <FlowForm editor={editor} />,
    simulate: () => <Simulate flow={flow} unsaved={editor.dirty} />,
    history: () => <ConfigHistory title={t.tabs.history} subject={`flow:${flow.id}`} read={readHistory(flow.id)} />,
    versions: () => <Versions id={flow.id} now={flow.version} onRestore={(from) => (editor.dirty ? setAsked(from) : restore(from))} />,
  }
  const tabs = views.map((value) => ({ value, label: t.tabs[value], content: value === view && contents[value]() }))
  return (
    <>
      <Tabs label={t.tabs.label} value={view} onChange={(to) => go(to as View)} tabs={tabs} />
      {asked && (
        <Dialog title={t.versions.replace} onClose={() => setAsked(undefined)}>
          <div className="stack">
            <p>{document.leave}</p>
            <div className="line">
              <Button look="danger" onClick={() => restore(asked)}>{t.versions.restore}</Button>
              <Button look="bare" onClick={() => setAsked(undefined)}>{actions.cancel}</Button>
            </div>
          </div>
        </Dialog>
      )}
      <LeaveDialog unsaved={editor.dirty && !editor.saving} />
    </>
  )
}
