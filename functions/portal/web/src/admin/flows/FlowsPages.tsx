import { FlowPage } from './FlowPage'
import { FlowsList } from './FlowsList'
import { NewFlow } from './NewFlow'

/** The list of flows, the creation of one, or a flow. */
export function FlowsPages({ id }: { id?: string }) {
  if (id === undefined) return <FlowsList />
  if (id === 'new') return <NewFlow />
  return <FlowPage id={id} />
}
