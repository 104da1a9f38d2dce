import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { Empty, Loaded } from '../ui/States'
import { Found } from './CatalogList'
import { useCatalogFor, usePersonOf } from './someone'

const nothing: Schemas['Request'][] = []

interface Props {
  me: Schemas['Me']
  kind: Schemas['ResourceKind']
  email: string
  onBack: () => void
}

/** What may be asked for on someone's behalf. */
export function CatalogForSomeone({ me, kind, email, onBack }: Props) {
  const t = useT()
  const words = t.requests.someone
  const back = <Button onClick={onBack}>{words.back}</Button>
  return (
    <Loaded query={usePersonOf(email)}>
      {(person) => (person
        ? (
          <div className="stack">
            <Notice>
              <div className="line apart"><p>{words.now(person.name ?? person.id)}</p>{back}</div>
            </Notice>
            <Offers me={me} kind={kind} person={person} />
          </div>
        )
        : <Empty title={words.nobody}>{back}</Empty>)}
    </Loaded>
  )
}

function Offers({ me, kind, person }: { me: Schemas['Me']; kind: Schemas['ResourceKind']; person: Schemas['PersonRef'] }) {
  const words = useT().requests.someone
  return (
    <Loaded query={useCatalogFor(person.id, kind)}>
      {(items) => <Found items={items} mine={nothing} me={me} kind={kind} person={person} empty={<Empty title={words.empty[kind](person.name ?? person.id)}><p>{words.emptyMore}</p></Empty>} />}
    </Loaded>
  )
}
