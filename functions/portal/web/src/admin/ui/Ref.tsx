import { Link } from 'wouter'
import { useDirectory } from './directory'

type Kind = 'people' | 'groups' | 'resources' | 'devices'

/** What an id stands for, with the way to it. */
export function Ref({ kind, id }: { kind: Kind; id: string }) {
  const directory = useDirectory()
  const name = directory.data?.[kind].find((one) => one.id === id)?.name
  return <Link href={`/admin/${kind}/${id}`}>{name ?? id}</Link>
}
