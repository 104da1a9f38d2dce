import { useLocation } from 'wouter'
import { api, call, callWithETag, type Schemas } from '../../api/client'
import { useMe } from '../../api/queries'
import { onlyIf, useDocument, type Versioned } from '../document'
import { useAdminT } from '../messages'
import { Confirm } from '../ui/Confirm'
import { DocumentPage } from '../ui/DocumentPage'
import { Section } from '../ui/Section'
import { EmailProblem } from './EmailProblem'
import { PersonFields } from './PersonFields'
import { PersonHistories } from './PersonHistories'
import { PersonState } from './PersonState'
import { Relations } from './Relations'
import { SignIn } from './SignIn'
import { Suspension } from './Suspension'
import { usePersonEditor } from './usePersonEditor'

/** Mails and notices about a person's address lead here. */
export function PersonPage({ id }: { id: string }) {
  const query = useDocument(['people', id], () => callWithETag(api.GET('/v1/admin/people/{id}', { params: { path: { id } } })))
  return (
    <DocumentPage section="people" query={query} state={(person) => <PersonState person={person} />}>
      {(read) => <Person read={read} />}
    </DocumentPage>
  )
}

function Person({ read }: { read: Versioned<Schemas['Person']> }) {
  const { document, documents: { people: t } } = useAdminT()
  const [, go] = useLocation()
  const editor = usePersonEditor(read)
  const me = useMe().data
  const { id, name } = read.data
  const remove = () => call(api.DELETE('/v1/admin/people/{id}', { params: { path: { id }, header: onlyIf(read.etag) } }))
  return (
    <>
      <EmailProblem read={read} />
      <PersonFields editor={editor} />
      <Relations person={read.data} />
      <SignIn read={read} />
      <Suspension read={read} />
      <PersonHistories id={id} />
      <Section title={document.delete} lead={t.deleteLead}>
        <div>
          <Confirm label={document.delete} title={t.deleteTitle(name)} said={document.deleted} act={remove} done={() => go('/admin/people', { replace: true })}>
            <p>{t.suspendWhat}</p>
            <p>{t.deleteWhat}</p>
            {me?.id === id && <p><strong>{t.suspendSelf}</strong></p>}
          </Confirm>
        </div>
      </Section>
    </>
  )
}
