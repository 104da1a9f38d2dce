import { api, call, type Schemas } from '../../api/client'
import { onlyIf, type Versioned } from '../document'
import { useAdminT } from '../messages'
import { Confirm } from '../ui/Confirm'
import { Section } from '../ui/Section'

/** Whose sign-in it is that acts as this person. */
export function SignIn({ read }: { read: Versioned<Schemas['Person']> }) {
  const t = useAdminT().documents.people
  const { id, name, bound } = read.data
  const unbind = () => call(api.DELETE('/v1/admin/people/{id}/sign-in', { params: { path: { id }, header: onlyIf(read.etag) } }))
  return (
    <Section title={t.signIn} lead={bound ? t.bound : t.unbound}>
      {bound && (
        <div>
          <Confirm label={t.unbind} title={t.unbindTitle(name)} said={t.unboundSaid} act={unbind}>
            <p>{t.unbindWhat}</p>
          </Confirm>
        </div>
      )}
    </Section>
  )
}
