import type { Schemas } from '../api/client'
import { Page } from '../ui/Page'

export function RequestPage({ id }: { me: Schemas['Me']; id: string }) {
  return <Page title={id}>{null}</Page>
}
