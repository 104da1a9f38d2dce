import { useSearchParams } from 'wouter'
import { useSay } from '../../ui/Toasts'
import { Tabs } from '../../ui/Tabs'
import { useAdminT } from '../messages'
import type { Flow } from './calls'
import { FlowForm } from './editor/FlowForm'
import type { Editor } from './editor/useEditor'
import { Simulate } from './simulate/Simulate'
import { Versions } from './versions/Versions'

const views = ['settings', 'simulate', 'versions'] as const
type View = (typeof views)[number]

/** The views of a flow. What is edited stays while another is looked at. */
export function FlowViews({ flow, editor }: { flow: Flow; editor: Editor }) {
  const { flows: t } = useAdminT()
  const say = useSay()
  const [params, setParams] = useSearchParams()
  const view = views.find((one) => one === params.get('view')) ?? 'settings'
  const go = (to: View) => setParams(to === 'settings' ? {} : { view: to }, { replace: true })
  const restore = (from: Flow) => {
    editor.start(from)
    say(t.versions.restored(from.version))
    go('settings')
  }
  const contents = {
    settings: () => <FlowForm editor={editor} />,
    simulate: () => <Simulate flow={flow} unsaved={editor.dirty} />,
    versions: () => <Versions id={flow.id} now={flow.version} onRestore={restore} />,
  }
  const tabs = views.map((value) => ({ value, label: t.tabs[value], content: value === view && contents[value]() }))
  return <Tabs label={t.tabs.label} value={view} onChange={(to) => go(to as View)} tabs={tabs} />
}
