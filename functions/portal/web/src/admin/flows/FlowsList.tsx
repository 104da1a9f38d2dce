import { Link } from 'wouter'
import { ButtonLink } from '../../ui/Button'
import { Page } from '../../ui/Page'
import { Empty } from '../../ui/States'
import { useAdminT } from '../messages'
import { Pages } from '../ui/Pages'
import { Table, type Column } from '../ui/Table'
import { useFlows, type Flow } from './calls'
import { Enabling } from './Enabling'
import styles from './Flows.module.css'
import { State } from './State'
import { capital, useFlowWords } from './words'

/** Every flow, in words. */
export function FlowsList() {
  const { sections, document } = useAdminT()
  const words = useFlowWords()
  const { t } = words
  const flows = useFlows()
  const columns: Column<Flow>[] = [
    {
      head: t.list.name,
      cell: (flow) => (
        <div className={styles.flow}>
          <Link href={`/admin/flows/${flow.id}`} className={styles.name}>{flow.name}</Link>
          <div className={styles.id}>{flow.id}</div>
          <div className="small quiet">{document.version(flow.version)}</div>
        </div>
      ),
    },
    { head: t.list.resources, cell: (flow) => words.list(flow.resources.map(words.resource)) },
    { head: t.list.who, cell: (flow) => capital(words.audience(flow.visible_to)) },
    {
      head: t.list.steps,
      cell: (flow) => <ol className={styles.steps}>{flow.steps.map((step, n) => <li key={n}>{words.step(step)}</li>)}</ol>,
    },
    { head: t.list.duration, cell: (flow) => words.duration(flow.duration) },
    { head: t.list.state, cell: (flow) => <div className={styles.cell}><State enabled={flow.enabled} /><Enabling flow={flow} look="bare" /></div> },
  ]
  const create = <ButtonLink to="/admin/flows/new" look="primary">{t.new}</ButtonLink>
  return (
    <Page title={sections.flows} lead={t.lead} actions={create} wide>
      <Pages pages={flows} empty={<Empty title={t.emptyTitle}><p>{t.emptyMore}</p></Empty>}>
        {(all) => <Table caption={sections.flows} rows={all} rowKey={(flow) => flow.id} columns={columns} />}
      </Pages>
    </Page>
  )
}
