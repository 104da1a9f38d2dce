import { Link } from 'wouter'
import { asApiError } from '../../api/problem'
import { NotFound } from '../../shell/NotFound'
import { Page } from '../../ui/Page'
import { Loaded } from '../../ui/States'
import type { Versioned } from '../document'
import { useAdminT } from '../messages'
import { useFlow, type Flow } from './calls'
import { Copying } from './Copying'
import { Deleting } from './Deleting'
import { useEditor } from './editor/useEditor'
import { Enabling } from './Enabling'
import styles from './Flows.module.css'
import { FlowViews } from './FlowViews'
import { State } from './State'
import { useFlowWords } from './useFlowWords'
import { capital } from './words'

/** A flow: its settings, a trial of it, its versions and its history. */
export function FlowPage({ id }: { id: string }) {
  const { sections, document } = useAdminT()
  const flow = useFlow(id)
  if (asApiError(flow.error)?.status === 404) return <NotFound />
  if (!flow.data) return <Page title={sections.flows} lead={<Link href="/admin/flows">{document.back}</Link>}><Loaded query={flow}>{() => null}</Loaded></Page>
  return <FlowDocument document={flow.data} />
}

function FlowDocument({ document: read }: { document: Versioned<Flow> }) {
  const flow = read.data
  const { document } = useAdminT()
  const words = useFlowWords()
  const editor = useEditor({ id: flow.id, document: read })
  const lead = (
    <span className={styles.lead}>
      <span>{capital(words.t.summary(words.audience(flow.visible_to), words.list(flow.resources.map(words.resource))))}</span>
      <span className="line small"><State enabled={flow.enabled} /><span>{document.version(flow.version)}</span><span className={styles.id}>{flow.id}</span><Link href="/admin/flows">{document.back}</Link></span>
    </span>
  )
  const actions = <><Enabling flow={flow} done={editor.follow} /><Copying flow={flow} /><Deleting flow={flow} /></>
  return <Page title={flow.name} lead={lead} actions={actions} wide><FlowViews flow={flow} editor={editor} /></Page>
}
